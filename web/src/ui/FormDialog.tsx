import type { FormEvent, ReactNode } from "react";
import { useCommands } from "../keys/registry.ts";
import { Dialog } from "./Dialog.tsx";
import { Keys } from "./Keys.tsx";
import { Failure, useSubmit } from "./submit.tsx";

interface Props {
  title: string;
  open: boolean;
  onClose: () => void;
  submitLabel: string;
  ready: boolean;
  /** Rejects with what the server said; the dialog then stays open and shows it. */
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
}

export function FormDialog({ title, open, onClose, children, ...form }: Props) {
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <DialogForm {...form} onClose={onClose}>
        {children}
      </DialogForm>
    </Dialog>
  );
}

function DialogForm({ submitLabel, ready, onSubmit, onClose, children }: Omit<Props, "title" | "open">) {
  const { busy, failure, submit } = useSubmit(async () => {
    await onSubmit();
    onClose();
  });
  useCommands({ "form.submit": { run: () => void submit(), enabled: ready && !busy } });
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void submit();
  };
  return (
    <form className="form" onSubmit={onForm}>
      {children}
      <Failure reason={failure} />
      <footer className="form-foot">
        <button type="button" className="button" data-kind="quiet" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button" data-kind="primary" disabled={!ready || busy}>
          {busy ? "Working…" : submitLabel} <Keys of="form.submit" />
        </button>
      </footer>
    </form>
  );
}
