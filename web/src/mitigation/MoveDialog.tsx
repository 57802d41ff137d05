import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { Mitigation, MitigationState } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { STATE_NAMES, STEP_NAMES } from "./state.ts";

interface Props {
  number: string;
  mitigation: Mitigation;
  to: MitigationState;
  onClose: () => void;
}

export function MoveDialog({ number, mitigation, to, onClose }: Props) {
  const [note, setNote] = useState("");
  const needed = to === "rolled_back" || to === "dropped";
  const submit = async () => {
    await api.moveMitigation(number, mitigation.number, to, note.trim());
    refreshCase(number);
  };
  return (
    <FormDialog
      title={`${STATE_NAMES[to]}: mitigation ${mitigation.number}`}
      open
      onClose={onClose}
      submitLabel={STEP_NAMES[to]}
      ready={!needed || note.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label={needed ? "Why" : "Note"}
        hint={needed ? "It stays on the timeline." : "Optional; it stays on the timeline."}
        rows={2}
        autoFocus
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  );
}
