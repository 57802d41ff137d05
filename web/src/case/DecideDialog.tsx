import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  number: string;
  open: boolean;
  onClose: () => void;
}

export function DecideDialog(props: Props) {
  return <DecideForm key={String(props.open)} {...props} />;
}

function DecideForm({ number, open, onClose }: Props) {
  const [decision, setDecision] = useState("");
  const [reason, setReason] = useState("");
  const submit = async () => {
    await api.decide(number, decision.trim(), reason.trim());
    refreshCase(number);
  };
  return (
    <FormDialog
      title={`A decision in ${number}`}
      open={open}
      onClose={onClose}
      submitLabel="Keep the decision"
      ready={decision.trim() !== "" && reason.trim() !== ""}
      onSubmit={submit}
    >
      <Field label="Decision" autoFocus maxLength={500} value={decision} onChange={setDecision} />
      <Field
        label="Why"
        hint="What was known, what else was weighed. Cite evidence as [E7]; it stays on the timeline."
        rows={3}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
