import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  number: string;
  swarm: number;
  open: boolean;
  onClose: () => void;
}

export function TriedDialog(props: Props) {
  return <TriedForm key={String(props.open)} {...props} />;
}

function TriedForm({ number, swarm, open, onClose }: Props) {
  const [text, setText] = useState("");
  const submit = async () => {
    await api.triedInSwarm(number, swarm, text.trim());
    refreshCase(number);
  };
  return (
    <FormDialog
      title="What was tried"
      open={open}
      onClose={onClose}
      submitLabel="Write it down"
      ready={text.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label="Tried, and what it showed"
        hint="Cite evidence as [E7]."
        rows={3}
        autoFocus
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
