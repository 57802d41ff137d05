import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { CaseDetail } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { isDone } from "./status.ts";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function ResolveDialog(props: Props) {
  return <ResolveForm key={`${props.open} ${props.detail.status}`} {...props} />;
}

function ResolveForm({ detail, open, onClose }: Props) {
  const [text, setText] = useState("");
  const resolved = isDone(detail.status);
  const { number } = detail;
  const submit = async () => {
    await (resolved ? api.reopen(number, text.trim()) : api.resolve(number, text.trim()));
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={resolved ? `Reopen ${number}` : `Resolve ${number}`}
      open={open}
      onClose={onClose}
      submitLabel={resolved ? "Reopen" : "Resolve"}
      ready={text.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label={resolved ? "Why it is open again" : "Resolution"}
        hint={
          resolved ? undefined : "The cause, the fix and how it was verified. Cite evidence with its number."
        }
        autoFocus
        rows={5}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
