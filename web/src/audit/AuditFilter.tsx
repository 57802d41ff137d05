import { useState } from "react";
import type { AuditFilter } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";

export const NO_FILTER: AuditFilter = { case: "", kind: "", actor: "" };

interface Props {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** What is typed is asked when it is sent: each page may walk the whole log. */
export function AuditFilterForm({ filter, onChange }: Props) {
  const [draft, setDraft] = useState(filter);
  const set = (name: keyof AuditFilter) => (text: string) => setDraft({ ...draft, [name]: text });
  const trimmed = () => ({
    case: draft.case.trim().toUpperCase(),
    kind: draft.kind.trim(),
    actor: draft.actor.trim(),
  });
  return (
    <form
      className="audit-filter"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(trimmed());
      }}
    >
      <Field label="Case" placeholder="MS-1042" value={draft.case} onChange={set("case")} />
      <Field label="Kind" placeholder="case. or case.noted" value={draft.kind} onChange={set("kind")} />
      <Field label="Login" value={draft.actor} onChange={set("actor")} />
      <button type="submit" className="button">
        Filter
      </button>
      <button
        type="button"
        className="button"
        data-kind="quiet"
        onClick={() => {
          setDraft(NO_FILTER);
          onChange(NO_FILTER);
        }}
      >
        All events
      </button>
    </form>
  );
}
