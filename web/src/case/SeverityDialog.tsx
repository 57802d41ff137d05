import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { Severity } from "../api/types.ts";
import { Field, SeverityField } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  cases: readonly string[];
  current: Severity;
  open: boolean;
  onClose: () => void;
}

/** Keyed by what it is about, so that it opens with the current severity and an empty reason. */
export function SeverityDialog(props: Props) {
  return <SeverityForm key={`${props.open} ${props.cases.join()} ${props.current}`} {...props} />;
}

function SeverityForm({ cases, current, open, onClose }: Props) {
  const [severity, setSeverity] = useState<Severity>(current);
  const [reason, setReason] = useState("");
  const submit = async () => {
    for (const number of cases) {
      await api.setSeverity(number, severity, reason.trim());
      refreshCase(number);
    }
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Severity of ${cases.length === 1 ? cases[0] : `${cases.length} cases`}`}
      open={open}
      onClose={onClose}
      submitLabel="Set severity"
      ready={reason.trim() !== "" && (severity !== current || cases.length > 1)}
      onSubmit={submit}
    >
      <SeverityField value={severity} onChange={setSeverity} />
      <Field
        label="Reason"
        hint="Kept on the timeline for whoever asks later."
        autoFocus
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
