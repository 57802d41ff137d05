// Known troubles: what resolved cases left behind, how often it was seen again, and how often rightly.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { queryClient, signaturesQuery } from "../api/queries.ts";
import { useCommands } from "../keys/registry.ts";
import { oneOf } from "../shell/search.ts";
import { useMay } from "../shell/session.tsx";
import { useView } from "../shell/useView.ts";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";

const STAGES = ["", "draft", "active", "retired"] as const;

export function SignatureListScreen() {
  const [search, setView] = useView();
  const text = search.text ?? "";
  const stage = oneOf(search.stage, STAGES, "");
  const found = useInfiniteQuery(signaturesQuery(text, stage));
  const filter = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const { zone } = useZone();
  const mayDraft = useMay("draft_signature");
  useEffect(() => {
    document.title = "Known troubles · Mainstay";
  }, []);
  useCommands({
    "filter.focus": () => filter.current?.focus(),
    "signatures.new": { enabled: mayDraft, run: () => setOpen(true) },
  });
  const signatures = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main id="main" className="full-page customers">
      <header className="customers-head">
        <h1>Known troubles</h1>
        <input
          ref={filter}
          className="input"
          aria-label="Find by name"
          placeholder="Find by name"
          value={text}
          onChange={(event) => setView({ text: event.target.value || undefined }, { replace: true })}
        />
        <select
          className="input"
          aria-label="Stage"
          value={stage}
          onChange={(event) => setView({ stage: event.target.value || undefined }, { replace: true })}
        >
          {STAGES.map((one) => (
            <option key={one} value={one}>
              {one || "every stage"}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button"
          disabled={!mayDraft}
          title={mayDraft ? undefined : "Your role may not draft signatures"}
          onClick={() => setOpen(true)}
        >
          Import a signature
        </button>
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && !found.error && <Loading what="the signatures" />}
      {found.data && signatures.length === 0 && (
        <p className="muted">
          {text || stage
            ? "No signature is like this."
            : "There are none yet. A case that is resolved can leave one, and the next bundle with the same trouble is recognised when it comes."}
        </p>
      )}
      {signatures.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">Trouble</th>
              <th scope="col">Kind</th>
              <th scope="col">Stage</th>
              <th scope="col">From</th>
              <th scope="col">Confirmed</th>
              <th scope="col">Cases</th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {signatures.map((one) => (
              <tr key={one.number}>
                <td className="tabular muted">{one.number}</td>
                <td>
                  <Link to="/signatures/$number" params={{ number: one.number }} className="row-link">
                    {one.name}
                  </Link>
                </td>
                <td>{one.kind}</td>
                <td>
                  <span className="tag" data-stage={one.stage}>
                    {one.stage}
                  </span>
                </td>
                <td>
                  {one.case_number && (
                    <Link to="/cases/$number" params={{ number: one.case_number }} className="link">
                      {one.case_number}
                    </Link>
                  )}
                </td>
                <td className="tabular">{one.answered > 0 ? `${one.confirmed} of ${one.answered}` : "–"}</td>
                <td className="tabular">{one.cases}</td>
                <td className="tabular">
                  {one.last_seen_at ? formatShort(parseMicros(one.last_seen_at), zone) : "–"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.hasNextPage && (
        <button type="button" className="button" onClick={() => void found.fetchNextPage()}>
          Show more
        </button>
      )}
      <ImportDialog key={String(open)} open={open} onClose={() => setOpen(false)} />
    </main>
  );
}

function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const submit = async () => {
    const drafted = await api.importSignature(text);
    void queryClient.invalidateQueries({ queryKey: ["signatures"] });
    void navigate({ to: "/signatures/$number", params: { number: drafted.number } });
  };
  return (
    <FormDialog
      title="Import a signature"
      open={open}
      onClose={onClose}
      submitLabel="Import as a draft"
      ready={text.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label="Signature"
        hint="The text that mainstay signature wrote, or another desk exported"
        rows={12}
        autoFocus
        spellCheck={false}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
