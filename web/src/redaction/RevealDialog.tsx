// One look behind a pseudonym. The value lives in this dialog only: in no cache, in no address, and not for
// longer than a minute.
import { type FormEvent, useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { Bundle } from "../api/types.ts";
import { useCommands } from "../keys/registry.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Keys } from "../ui/Keys.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { type Placeholder, whatIs } from "./pseudonym.ts";

const SHOWN_MS = 60_000;

interface Props {
  bundle: Bundle;
  of: Placeholder;
  onClose: () => void;
}

export function RevealDialog({ bundle, of, onClose }: Props) {
  const [value, setValue] = useState<string | null>(null);
  const hide = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (value === null) return;
    // The field that had the focus is gone, and Escape is heard only inside the dialog.
    hide.current?.focus();
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [value, onClose]);
  return (
    <Dialog title={`Reveal ${whatIs(of.kind)}`} open onClose={onClose}>
      {value === null ? (
        <ReasonForm bundle={bundle} of={of} onClose={onClose} onValue={setValue} />
      ) : (
        <div className="form" role="status">
          <p>
            <code className="placeholder">{of.text}</code> stands for
          </p>
          <p className="revealed">
            <code>{value}</code>
          </p>
          <p className="muted">Shown until this closes, at most a minute. The look is in the timeline.</p>
          <footer className="form-foot">
            <button ref={hide} type="button" className="button" data-kind="primary" onClick={onClose}>
              Hide again
            </button>
          </footer>
        </div>
      )}
    </Dialog>
  );
}

function ReasonForm({ bundle, of, onClose, onValue }: Props & { onValue: (value: string) => void }) {
  const [reason, setReason] = useState("");
  const { busy, failure, submit } = useSubmit(async () => {
    const { value } = await api.reveal(bundle.id, of.text, reason.trim());
    refreshCase(bundle.case_number);
    onValue(value);
  });
  const ready = reason.trim() !== "" && !busy;
  useCommands({ "form.submit": { run: () => void submit(), enabled: ready } });
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void submit();
  };
  return (
    <form className="form" onSubmit={onForm}>
      <p>
        <code className="placeholder">{of.text}</code>
      </p>
      <Field
        label="Reason"
        hint="Kept in the log with your name and the time; the value never is."
        autoFocus
        value={reason}
        onChange={setReason}
      />
      <Failure reason={failure} />
      <footer className="form-foot">
        <button type="button" className="button" data-kind="quiet" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button" data-kind="primary" disabled={!ready}>
          {busy ? "Working…" : "Reveal"} <Keys of="form.submit" />
        </button>
      </footer>
    </form>
  );
}
