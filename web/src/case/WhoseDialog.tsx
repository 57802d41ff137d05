import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { CaseDetail } from "../api/types.ts";
import { CustomerField } from "../customer/CustomerField.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function WhoseDialog(props: Props) {
  return <WhoseForm key={`${props.open} ${props.detail.customer}`} {...props} />;
}

function WhoseForm({ detail, open, onClose }: Props) {
  const [name, setName] = useState(detail.customer);
  const { number } = detail;
  const submit = async () => {
    await api.setCustomer(number, name.trim());
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Whose case is ${number}?`}
      open={open}
      onClose={onClose}
      submitLabel="Set the customer"
      ready={name.trim() !== detail.customer || (detail.customer !== "" && !detail.customer_id)}
      onSubmit={submit}
    >
      <CustomerField value={name} onChange={setName} autoFocus />
      <p className="muted">
        A name of the list brings its tier with it, as it is today. Any other name stays as free text.
      </p>
    </FormDialog>
  );
}
