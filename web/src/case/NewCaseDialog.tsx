import { useNavigate } from "@tanstack/react-router";
import FileArchive from "lucide-react/icons/file-archive";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshQueue } from "../api/live.ts";
import type { NewCase } from "../api/types.ts";
import { startUpload } from "../api/upload.ts";
import { CustomerField } from "../customer/CustomerField.tsx";
import { formatBytes } from "../time/number.ts";
import { Field, SeverityField } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  open: boolean;
  /** Bundles to attach as soon as the case exists. */
  files: readonly File[];
  onClose: () => void;
}

const EMPTY: NewCase = { subject: "", severity: "P3" };

export function NewCaseDialog(props: Props) {
  return <NewCaseForm key={`${props.open} ${props.files.length}`} {...props} />;
}

function NewCaseForm({ open, files, onClose }: Props) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<NewCase>(() =>
    files[0] ? { ...EMPTY, subject: `Inspect ${files[0].name}` } : EMPTY,
  );
  const change = (patch: Partial<NewCase>) => setDraft((old) => ({ ...old, ...patch }));
  const submit = async () => {
    const opened = await api.openCase({ ...draft, subject: draft.subject.trim() });
    refreshQueue();
    for (const file of files) startUpload(opened.number, file);
    void navigate({ to: "/cases/$number", params: { number: opened.number } });
  };
  return (
    <FormDialog
      title={files.length ? "New case with this bundle" : "New case"}
      open={open}
      onClose={onClose}
      submitLabel="Open case"
      ready={draft.subject.trim() !== ""}
      onSubmit={submit}
    >
      {files.map((file) => (
        <p key={file.name} className="file-line">
          <FileArchive size={15} aria-hidden /> {file.name}{" "}
          <span className="muted">{formatBytes(file.size)}</span>
        </p>
      ))}
      <Field
        label="Subject"
        autoFocus
        value={draft.subject}
        placeholder="Checkout 502s after upgrade to 7.4"
        onChange={(text) => change({ subject: text })}
      />
      <SeverityField value={draft.severity} onChange={(severity) => change({ severity })} />
      <div className="field-row">
        <CustomerField value={draft.customer ?? ""} onChange={(customer) => change({ customer })} />
        {(["product", "version"] as const).map((name) => (
          <Field
            key={name}
            label={name[0]!.toUpperCase() + name.slice(1)}
            value={draft[name] ?? ""}
            onChange={(text) => change({ [name]: text })}
          />
        ))}
      </div>
      <Field
        label="Description"
        hint="Markdown. What was seen, since when, what changed before."
        rows={5}
        value={draft.description ?? ""}
        onChange={(text) => change({ description: text })}
      />
    </FormDialog>
  );
}
