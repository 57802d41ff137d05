// One known trouble: its text, what became of it, and the bundles that look like it.
import "../styles/signature.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ApiError, api } from "../api/client.ts";
import { signatureQuery } from "../api/queries.ts";
import type { SignatureDetail, SignatureMatch } from "../api/types.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { plural } from "../time/number.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { Keys } from "../ui/Keys.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { useSeenVersion } from "../ui/useSeenVersion.ts";
import { precisionText, trustText } from "./words.ts";

export function SignatureScreen() {
  const { number } = useParams({ strict: false }) as { number: string };
  const found = useQuery(signatureQuery(number));
  const name = found.data?.name;
  useEffect(() => {
    document.title = `${name ?? "Known trouble"} · Mainstay`;
  }, [name]);
  if (found.error instanceof ApiError && found.error.problem.code === "not_found") {
    return (
      <main id="main" className="full-page">
        <h1 className="visually-hidden">No such signature</h1>
        <EmptyState title="There is no such signature">
          <Link className="button" to="/signatures">
            Go to the known troubles
          </Link>
        </EmptyState>
      </main>
    );
  }
  return (
    <main id="main" className="full-page customers">
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data ? (
        <SignaturePage key={found.data.number} detail={found.data} />
      ) : (
        <>
          <h1 className="visually-hidden">Known trouble</h1>
          {!found.error && <Loading what="the signature" />}
        </>
      )}
    </main>
  );
}

function SignaturePage({ detail }: { detail: SignatureDetail }) {
  const { zone } = useZone();
  const [asking, setAsking] = useState<"activate" | "retire" | null>(null);
  const mayManage = useMay("manage_signatures");
  const why = mayManage ? undefined : "Your role may not activate or retire signatures";
  return (
    <>
      <header className="customers-head">
        <h1>{detail.name}</h1>
        <span className="tabular muted">{detail.number}</span>
        <span className="tag" data-stage={detail.stage}>
          {detail.stage}
        </span>
        <p className="muted">
          {detail.case_number && (
            <>
              {"From "}
              <Link to="/cases/$number" params={{ number: detail.case_number }} className="link">
                {detail.case_number}
              </Link>
              {". "}
            </>
          )}
          Changed {formatShort(parseMicros(detail.changed_at), zone)} by {detail.changed_by.name}.{" "}
          {precisionText(detail)}.
        </p>
        {detail.stage !== "active" && (
          <button
            type="button"
            className="button"
            disabled={!mayManage}
            title={why}
            onClick={() => setAsking("activate")}
          >
            Activate
          </button>
        )}
        {detail.stage !== "retired" && (
          <button
            type="button"
            className="button"
            disabled={!mayManage}
            title={why}
            onClick={() => setAsking("retire")}
          >
            Retire
          </button>
        )}
      </header>
      <div className="customer-columns">
        <TextForm detail={detail} />
        <div>
          <Matches matches={detail.matches} />
          <Versions detail={detail} />
        </div>
      </div>
      <StageDialog key={asking} detail={detail} asking={asking} onClose={() => setAsking(null)} />
    </>
  );
}

function TextForm({ detail }: { detail: SignatureDetail }) {
  const client = useQueryClient();
  const [text, setText] = useState(detail.text);
  const mayDraft = useMay("draft_signature");
  const mayManage = useMay("manage_signatures");
  const mayEdit = detail.stage === "draft" ? mayDraft : mayManage;
  const untouched = text === detail.text;
  const { setSeen, write } = useSeenVersion(detail.version, async () => {
    const newest = await client.fetchQuery({ ...signatureQuery(detail.number), staleTime: 0 });
    return newest.version;
  });
  const save = async () => {
    const saved = await write((seen) => api.editSignature(detail.number, text, seen));
    client.setQueryData(signatureQuery(detail.number).queryKey, saved);
    void client.invalidateQueries({ queryKey: ["signatures"] });
    setText(saved.text);
    setSeen(saved.version);
    toast("Saved");
  };
  const { busy, failure, submit } = useSubmit(save);
  const ready = mayEdit && !untouched && !busy;
  useCommands({ "form.submit": { run: () => void submit(), enabled: ready } });
  return (
    <form
      className="form signature-text"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void submit();
      }}
    >
      <Field
        label="Signature"
        hint={
          mayEdit
            ? "One field or feature a line; a line that begins with two blanks goes on with the one above."
            : "Your role may not edit it."
        }
        rows={24}
        spellCheck={false}
        readOnly={!mayEdit}
        value={text}
        onChange={(typed) => {
          // a stage that changed meanwhile is no edit of the text
          if (untouched) setSeen(detail.version);
          setText(typed);
        }}
      />
      <Failure reason={failure} />
      <footer className="form-foot">
        <button type="submit" className="button" data-kind="primary" disabled={!ready}>
          {busy ? "Working…" : "Save"} <Keys of="form.submit" />
        </button>
      </footer>
    </form>
  );
}

function Matches({ matches }: { matches: readonly SignatureMatch[] }) {
  const { zone } = useZone();
  return (
    <section aria-labelledby="signature-matches">
      <h2 id="signature-matches">
        Bundles that look like it <span className="count">{matches.length || ""}</span>
      </h2>
      {matches.length === 0 && <p className="muted">None so far.</p>}
      <ul className="signature-matches">
        {matches.map((match) => (
          <li key={match.bundle_id}>
            <span className="tabular" title={trustText(match)}>
              {match.score.toFixed(2)}
            </span>
            <span>
              <Link
                to="/cases/$number"
                params={{ number: match.case_number }}
                search={{ bundle: match.bundle_id }}
                className="row-link"
              >
                {match.case_number} {match.subject}
              </Link>
              <small className="muted">
                {match.bundle_name}, {formatShort(parseMicros(match.matched_at), zone)}
                {match.rank === 0 && ", fits no more"}
                {match.reason && `: ${match.reason}`}
              </small>
            </span>
            <span className="tag" data-answer={match.answer ?? undefined}>
              {match.answer === "confirmed" ? "confirmed" : match.answer ? "not this" : "no answer yet"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ detail }: { detail: SignatureDetail }) {
  const { zone } = useZone();
  return (
    <section aria-labelledby="signature-versions">
      <h2 id="signature-versions">What was done to it</h2>
      <ul className="signature-versions">
        {detail.versions.map((one) => (
          <li key={one.version}>
            <p>
              <span className="tabular muted">{one.version}</span> {one.kind} by {one.actor.name},{" "}
              {formatShort(parseMicros(one.at), zone)}
              {one.reason && `: ${one.reason}`}
            </p>
            {one.text && (
              <details>
                <summary>Text of version {one.version}</summary>
                <pre>{one.text}</pre>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StageProps {
  detail: SignatureDetail;
  asking: "activate" | "retire" | null;
  onClose: () => void;
}

function StageDialog({ detail, asking, onClose }: StageProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const retire = asking === "retire";
  const submit = async () => {
    const act = retire ? api.retireSignature : api.activateSignature;
    const now = await act(detail.number, reason.trim());
    client.setQueryData(signatureQuery(detail.number).queryKey, now);
    void client.invalidateQueries({ queryKey: ["signatures"] });
  };
  return (
    <FormDialog
      title={retire ? `Retire ${detail.number}` : `Activate ${detail.number}`}
      open={asking !== null}
      onClose={onClose}
      submitLabel={retire ? "Retire" : "Activate"}
      ready={!retire || reason.trim() !== ""}
      onSubmit={submit}
    >
      <p className="muted">
        {retire
          ? "Bundles are matched with it no more. What was answered stays."
          : `Every bundle that comes is matched with its ${plural(detail.features.length, "feature")}.`}
      </p>
      <Field label="Reason" autoFocus rows={3} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
