import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { Risk } from "../api/types.ts";
import { type Choice, ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  number: string;
  open: boolean;
  onClose: () => void;
}

const RISKS: readonly Choice<Risk>[] = [
  { value: "low", name: "Low", means: "nobody notices if it goes wrong" },
  { value: "medium", name: "Medium", means: "some notice, and it is taken back in minutes" },
  { value: "high", name: "High", means: "a manager approves it first" },
];

export function ProposeDialog(props: Props) {
  return <ProposeForm key={String(props.open)} {...props} />;
}

function ProposeForm({ number, open, onClose }: Props) {
  const [what, setWhat] = useState("");
  const [risk, setRisk] = useState<Risk>("low");
  const [why, setWhy] = useState("");
  const [rollback, setRollback] = useState("");
  const [change, setChange] = useState("");
  const submit = async () => {
    await api.proposeMitigation(number, {
      what: what.trim(),
      risk,
      risk_why: why.trim(),
      rollback: rollback.trim(),
      change: change.trim(),
    });
    refreshCase(number);
  };
  return (
    <FormDialog
      title={`Propose a mitigation for ${number}`}
      open={open}
      onClose={onClose}
      submitLabel="Propose"
      ready={[what, why, rollback].every((text) => text.trim() !== "")}
      onSubmit={submit}
    >
      <Field
        label="What is done"
        hint="Cite evidence as [E7]."
        rows={2}
        autoFocus
        value={what}
        onChange={setWhat}
      />
      <ChoiceField legend="Risk" choices={RISKS} value={risk} onChange={setRisk} />
      <Field label="What may break, and for whom" value={why} onChange={setWhy} />
      <Field
        label="Way back"
        hint="How it is undone, and what says that it must be."
        value={rollback}
        onChange={setRollback}
      />
      <Field
        label="Change"
        hint="The change it is done under, if there is one: CHG-77"
        maxLength={120}
        value={change}
        onChange={setChange}
      />
    </FormDialog>
  );
}
