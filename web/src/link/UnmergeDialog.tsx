import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  /** The case that went, and where; `null` while nothing is asked. */
  child: string | null;
  parent: string;
  onClose: () => void;
}

export function UnmergeDialog({ child, parent, onClose }: Props) {
  return child ? <UnmergeForm child={child} parent={parent} onClose={onClose} /> : null;
}

function UnmergeForm({ child, parent, onClose }: Props & { child: string }) {
  const [reason, setReason] = useState("");
  const submit = async () => {
    await api.unmergeCase(child, reason.trim());
    refreshCase(child);
    refreshCase(parent);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Make ${child} a case of its own again`}
      open
      onClose={onClose}
      submitLabel="Un-merge"
      ready={reason.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label="Why"
        hint="Its clocks count as if it had never been merged."
        autoFocus
        maxLength={10_000}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
