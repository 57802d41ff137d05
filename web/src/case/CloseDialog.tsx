import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { CaseDetail } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function CloseDialog(props: Props) {
  return <CloseForm key={String(props.open)} {...props} />;
}

function CloseForm({ detail, open, onClose }: Props) {
  const [reason, setReason] = useState("");
  const { number } = detail;
  const submit = async () => {
    await api.close(number, reason.trim());
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Close ${number} for good`}
      open={open}
      onClose={onClose}
      submitLabel="Close"
      ready
      onSubmit={submit}
    >
      <Field
        label="How it was confirmed"
        hint="After this the customer's next word opens a follow-up case."
        autoFocus
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
