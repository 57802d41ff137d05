// What is done next on a case, by whom and until when.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import { atWorkQuery, nextStepQuery } from "../api/queries.ts";
import type { NextStep } from "../api/types.ts";
import { isDone } from "../case/status.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros, parseTyped, toRfc3339 } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { SelectField } from "../ui/SelectField.tsx";
import { ErrorState } from "../ui/states.tsx";

export function NextStepPanel() {
  const { detail } = useCase();
  const { zone } = useZone();
  const { number } = detail;
  const found = useQuery(nextStepQuery(number));
  const [open, setOpen] = useState(false);
  const may = useMay("set_next_step") && !isDone(detail.status);
  useCommands({ "case.step": { enabled: may && found.data !== undefined, run: () => setOpen(true) } });
  const step = found.data;
  return (
    <section className="side-section" aria-labelledby="step-title">
      <header>
        <h2 className="column-title" id="step-title">
          Next step
        </h2>
        {may && (
          <CommandButton command="case.step" kind="quiet">
            {step ? "Change" : "Write down"}
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {step === null && <p className="muted side-none">Nothing is written down.</p>}
      {step && (
        <p>
          {step.text}
          <br />
          <small className="muted">
            {step.owner ? step.owner.name : "nobody named"}
            {step.due_at && ` · until ${formatShort(parseMicros(step.due_at), zone)}`}
          </small>
        </p>
      )}
      <StepForm
        key={`${open} ${step?.set_at}`}
        number={number}
        step={step ?? null}
        open={open}
        onClose={() => setOpen(false)}
      />
    </section>
  );
}

interface FormProps {
  number: string;
  step: NextStep | null;
  open: boolean;
  onClose: () => void;
}

function StepForm({ number, step, open, onClose }: FormProps) {
  const { zone } = useZone();
  const people = useQuery({ ...atWorkQuery(""), enabled: open }).data ?? [];
  const [text, setText] = useState(step?.text ?? "");
  const [owner, setOwner] = useState(step?.owner?.id ?? "");
  const [due, setDue] = useState(step?.due_at ?? "");
  const submit = async () => {
    const us = due.trim() && text.trim() ? parseTyped(due, zone, Date.now() * 1000) : null;
    if (us !== null && Number.isNaN(us)) throw new Error(`"${due}" is not a time; use 15:00`);
    const who = text.trim() ? owner || null : null;
    await api.setNextStep(number, text.trim(), who, us === null ? null : toRfc3339(us));
    refreshCase(number);
  };
  return (
    <FormDialog
      title={`Next step of ${number}`}
      open={open}
      onClose={onClose}
      submitLabel="Write down"
      ready
      onSubmit={submit}
    >
      <Field
        label="What is done next"
        hint="One thing. Empty when nothing is left to do."
        maxLength={500}
        autoFocus
        value={text}
        onChange={setText}
      />
      <SelectField label="By whom" value={owner} onChange={(value) => setOwner(value)}>
        <option value="">Nobody named</option>
        {people
          .filter(({ removed }) => !removed)
          .map(({ person }) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
      </SelectField>
      <Field
        label="Until when"
        hint="A time like 15:00, in the zone shown above."
        value={due}
        onChange={setDue}
      />
    </FormDialog>
  );
}
