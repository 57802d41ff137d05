import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { CaseDetail, CaseStatus } from "../api/types.ts";
import { type Choice, ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

const CHOICES: readonly Choice<CaseStatus>[] = [
  { value: "open", name: "Open", means: "it is our turn" },
  { value: "pending", name: "Pending", means: "it is the customer's turn; work clocks stand still" },
  { value: "hold", name: "On hold", means: "somebody else has it" },
];

export function StatusDialog(props: Props) {
  return <StatusForm key={String(props.open)} {...props} />;
}

function StatusForm({ detail, open, onClose }: Props) {
  const [status, setStatus] = useState<CaseStatus>(detail.status === "new" ? "open" : detail.status);
  const [waitsOn, setWaitsOn] = useState(detail.waits_on);
  const [reason, setReason] = useState("");
  const { number } = detail;
  const changed = status !== detail.status || (status === "hold" && waitsOn.trim() !== detail.waits_on);
  const submit = async () => {
    await api.setStatus(number, status, status === "hold" ? waitsOn.trim() : "", reason.trim());
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Whose turn is ${number}?`}
      open={open}
      onClose={onClose}
      submitLabel="Set status"
      ready={changed && (status !== "hold" || waitsOn.trim() !== "")}
      onSubmit={submit}
    >
      <ChoiceField legend="Status" choices={CHOICES} value={status} onChange={setStatus} />
      {status === "hold" && (
        <Field
          label="Waits on"
          hint="A vendor, engineering, a change: whoever has the ball."
          autoFocus
          maxLength={120}
          value={waitsOn}
          onChange={setWaitsOn}
        />
      )}
      <Field label="Reason" hint="Optional; kept on the timeline." value={reason} onChange={setReason} />
    </FormDialog>
  );
}
