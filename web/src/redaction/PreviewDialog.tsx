// What would be hidden in a bundle, before it joins its case. The server holds the bytes sealed until the
// person decides, and forgets them with the dialog.
import "../styles/redaction.css";
import { useEffect, useRef, useState } from "react";
import { api, reasonOf } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { BundlePreview, PreviewFile } from "../api/types.ts";
import { sendFile } from "../api/upload.ts";
import { useCommands } from "../keys/registry.ts";
import { formatBytes, plural } from "../time/number.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Keys.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { Kinds } from "./Kinds.tsx";
import { ShownLines } from "./ShownLines.tsx";

interface Props {
  number: string;
  files: readonly File[];
  onClose: () => void;
}

/** One file after the other. */
export function PreviewDialog({ number, files, onClose }: Props) {
  const [index, setIndex] = useState(0);
  const file = files[index];
  if (!file) return null;
  const close = () => {
    setIndex(0);
    onClose();
  };
  const next = () => (index + 1 < files.length ? setIndex(index + 1) : close());
  return (
    <Dialog title={`What would be hidden in ${file.name}`} open onClose={close} wide>
      <Looked key={`${index} ${file.name}`} number={number} file={file} next={next} close={close} />
    </Dialog>
  );
}

interface Held {
  preview: BundlePreview | null;
  sentBytes: number;
  failure: string | null;
}

/** Sends the file on mount; what was not attached is forgotten on unmount. */
function useHeld(number: string, file: File): [Held, () => void] {
  const [held, setHeld] = useState<Held>({ preview: null, sentBytes: 0, failure: null });
  const id = useRef("");
  useEffect(() => {
    let gone = false;
    const forget = (id: string) => void api.forgetPreview(number, id).catch(() => {});
    const sending = sendFile<BundlePreview>(number, "previews", file, (sentBytes) =>
      setHeld((old) => ({ ...old, sentBytes })),
    );
    sending.done.then(
      (preview) => {
        if (gone) return forget(preview.id);
        id.current = preview.id;
        setHeld((old) => ({ ...old, preview }));
      },
      (error: unknown) => setHeld((old) => ({ ...old, failure: reasonOf(error) })),
    );
    return () => {
      gone = true;
      sending.stop();
      if (id.current) forget(id.current);
    };
  }, [number, file]);
  const release = () => {
    id.current = "";
  };
  return [held, release];
}

interface LookedProps {
  number: string;
  file: File;
  next: () => void;
  close: () => void;
}

function Looked({ number, file, next, close }: LookedProps) {
  const [held, release] = useHeld(number, file);
  const { preview } = held;
  const { busy, failure, submit } = useSubmit(async () => {
    if (!preview) return;
    await api.attachPreview(number, preview.id);
    release();
    refreshCase(number);
    next();
  });
  const ready = preview !== null && !busy;
  useCommands({ "form.submit": { run: () => void submit(), enabled: ready } });
  return (
    <div className="form preview">
      <div className="preview-body">
        {preview ? <Found preview={preview} /> : held.failure ? null : <Waiting held={held} file={file} />}
        <Failure reason={held.failure ?? failure} />
      </div>
      <footer className="form-foot">
        <button type="button" className="button" data-kind="quiet" onClick={close}>
          Do not attach
        </button>
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={!ready}
          onClick={() => void submit()}
        >
          {busy ? "Working…" : `Attach to ${number}`} <Keys of="form.submit" />
        </button>
      </footer>
    </div>
  );
}

function Waiting({ held, file }: { held: Held; file: File }) {
  const sent = held.sentBytes >= file.size;
  return (
    <div role="status">
      <progress
        max={file.size}
        value={sent ? undefined : held.sentBytes}
        aria-label={sent ? "Looking through it" : `Sending ${file.name}`}
      />
      <p className="muted tabular">
        {sent
          ? "Looking through it. Nothing is kept until you attach it."
          : `Sending ${formatBytes(held.sentBytes)} of ${formatBytes(file.size)}`}
      </p>
    </div>
  );
}

function Found({ preview }: { preview: BundlePreview }) {
  const hidden = preview.kinds.reduce((sum, { count }) => sum + count, 0);
  const { rules } = preview;
  return (
    <>
      <p role="status">
        {plural(hidden, "value")} would be hidden in {plural(preview.files_total, "file")}
        {rules
          ? ` by version ${rules.version} of the team's rules${rules.profile ? ` with the profile ${rules.profile}` : ""}`
          : " by the rules that are built in"}
        .{preview.problems > 0 && ` ${plural(preview.problems, "part")} could not be opened.`}
      </p>
      <Kinds kinds={preview.kinds} />
      <div className="preview-files">
        {preview.files.map((file, index) => (
          <FileFound key={file.path} file={file} open={index === 0} />
        ))}
      </div>
    </>
  );
}

function FileFound({ file, open }: { file: PreviewFile; open: boolean }) {
  const hidden = file.kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <details open={open}>
      <summary>
        <span className="path">{file.path}</span>{" "}
        <span className="muted">{file.withheld ? "no text: withheld" : plural(hidden, "value")}</span>
      </summary>
      <Kinds kinds={file.kinds} />
      <ShownLines lines={file.examples} label={`Lines of ${file.path}, before and after`} />
    </details>
  );
}
