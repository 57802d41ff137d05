// Somebody leaves: their open cases go somewhere in the same moment.

import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshQueue } from "../api/live.ts";
import { queryClient } from "../api/queries.ts";
import type { PersonAtWork } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { SelectField } from "../ui/SelectField.tsx";

interface Props {
  person: PersonAtWork;
  people: PersonAtWork[];
  open: boolean;
  onClose: () => void;
}

export function RemoveDialog({ person, people, open, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [heir, setHeir] = useState("");
  const [why, setWhy] = useState("");
  const cases = person.load.reduce((all, count) => all + count, 0);
  const submit = async () => {
    await api.removePerson(person.person.id, {
      reason: reason.trim(),
      give_to: cases > 0 && heir ? heir : null,
      queue_reason: cases > 0 && !heir ? why.trim() : null,
    });
    for (const queryKey of [["person"], ["at-work"], ["teams"], ["home"], ["case"]])
      void queryClient.invalidateQueries({ queryKey });
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Remove ${person.person.name}`}
      open={open}
      onClose={onClose}
      submitLabel="Remove"
      ready={reason.trim() !== "" && (cases === 0 || heir !== "" || why.trim() !== "")}
      onSubmit={submit}
    >
      <p>
        They are signed out at once and cannot sign in again. Their name stays where they worked.
        {cases > 0 && ` They own ${cases} open ${cases === 1 ? "case" : "cases"}.`}
      </p>
      <Field label="Reason" autoFocus value={reason} onChange={setReason} />
      {cases > 0 && (
        <>
          <SelectField label="Their cases go to" value={heir} onChange={(value) => setHeir(value)}>
            <option value="">Nobody: the unassigned queue</option>
            {people
              .filter((it) => !it.removed && it.person.id !== person.person.id)
              .map((it) => (
                <option key={it.person.id} value={it.person.id}>
                  {it.person.name}
                </option>
              ))}
          </SelectField>
          {heir === "" && <Field label="Why to nobody" value={why} onChange={setWhy} />}
        </>
      )}
    </FormDialog>
  );
}
