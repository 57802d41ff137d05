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

export function CustomerDialog(props: Props) {
  return <CustomerForm key={String(props.open)} {...props} />;
}

/** What the customer said by telephone or elsewhere: their clocks hear it as if they had written here. */
function CustomerForm({ detail, open, onClose }: Props) {
  const [contact, setContact] = useState("");
  const [text, setText] = useState("");
  const { number } = detail;
  const submit = async () => {
    await api.recordCustomer(number, contact.trim(), text.trim());
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`What the customer said in ${number}`}
      open={open}
      onClose={onClose}
      submitLabel="Write down"
      ready={text.trim() !== ""}
      onSubmit={submit}
    >
      <Field label="Who" autoFocus maxLength={120} value={contact} onChange={setContact} />
      <Field
        label="What they said"
        hint="A waiting case becomes our turn, a resolved one is open again."
        rows={5}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
