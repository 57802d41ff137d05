import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { ReturnReason } from "../api/types.ts";
import { ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { REASONS } from "./reasons.ts";

interface Props {
  number: string;
  open: boolean;
  onClose: () => void;
}

export function ReturnDialog(props: Props) {
  return <ReturnForm key={`${props.open} ${props.number}`} {...props} />;
}

function ReturnForm({ number, open, onClose }: Props) {
  const [reason, setReason] = useState<ReturnReason>("missing_evidence");
  const [text, setText] = useState("");
  const submit = async () => {
    await api.returnIntake(number, reason, text.trim());
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Return the intake of ${number}`}
      open={open}
      onClose={onClose}
      submitLabel="Return"
      ready={reason !== "other" || text.trim() !== ""}
      onSubmit={submit}
    >
      <ChoiceField legend="Reason" choices={REASONS} value={reason} onChange={setReason} />
      <Field
        label="What is needed"
        hint="The sender reads it; the missing items are listed by themselves."
        rows={3}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
