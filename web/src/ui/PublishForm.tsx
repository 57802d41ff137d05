// A document of which versions are published: the newest one, and the next.
import { useState } from "react";
import type { Person } from "../api/types.ts";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { DocumentForm, parsed } from "./DocumentForm.tsx";
import { Field } from "./Field.tsx";

interface Published {
  version: number;
  set: unknown;
  published_at: string | null;
  published_by: Person | null;
}

interface Props {
  id: string;
  title: string;
  published: Published;
  /** What holds while nothing was published. */
  none: string;
  /** What a version means for what there is. */
  keeps: string;
  may: boolean;
  why: string;
  onPublish: (set: unknown, reason: string) => Promise<unknown>;
}

export function PublishForm({ id, title, published, none, keeps, may, why, onPublish }: Props) {
  const { zone } = useZone();
  const written = JSON.stringify(published.set, null, 2);
  const [text, setText] = useState(written);
  const [reason, setReason] = useState("");
  const at = formatShort(parseMicros(published.published_at), zone);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="muted">
        {published.version === 0
          ? none
          : `Version ${published.version}, published ${at} by ${published.published_by?.name ?? "?"}. ${keeps}`}
      </p>
      <DocumentForm
        submitLabel="Publish the next version"
        disabled={!may || text === written}
        title={may ? undefined : why}
        onSubmit={() => onPublish(parsed(text), reason.trim())}
      >
        <Field
          label="Document"
          spellCheck={false}
          value={text}
          readOnly={!may}
          onChange={setText}
          rows={12}
        />
        <Field label="Reason" value={reason} readOnly={!may} onChange={setReason} />
      </DocumentForm>
    </section>
  );
}
