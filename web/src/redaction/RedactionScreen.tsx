// The team's redaction rules: written, tried and published with a reason. Not here: what a rule means,
// which the server says.
import "../styles/redaction.css";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../api/client.ts";
import { queryClient, redactionHistoryQuery, redactionRulesQuery } from "../api/queries.ts";
import type { RedactionRules, TriedRedaction } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { plural } from "../time/number.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { RulesEditor } from "./RulesEditor.tsx";
import { ShownLines } from "./ShownLines.tsx";
import { SAMPLE_LINES, STARTER } from "./sample.ts";
import { useTrial } from "./useTrial.ts";

export function RedactionScreen() {
  const found = useQuery(redactionRulesQuery);
  return (
    <main id="main" className="redaction-screen">
      <h1>Redaction rules</h1>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <Desk key={found.data.version} rules={found.data} />
      ) : (
        <Loading what="the redaction rules" />
      )}
    </main>
  );
}

/** The text and the lines it is tried on, side by side. */
function Desk({ rules }: { rules: RedactionRules }) {
  const mayPublish = useMay("publish_redaction");
  const [text, setText] = useState(rules.version === 0 ? "" : rules.text);
  const [lines, setLines] = useState(SAMPLE_LINES);
  const [product, setProduct] = useState("");
  const [path, setPath] = useState("");
  const trial = useTrial({ rules: text, product, path, text: lines });
  const { tried } = trial;
  return (
    <>
      <section className="redaction-rules" aria-labelledby="rules-title">
        <h2 id="rules-title">The team's rules</h2>
        <Standing rules={rules} />
        <RulesForm
          rules={rules}
          text={text}
          setText={setText}
          mayPublish={mayPublish}
          tried={tried}
          fresh={trial.fresh}
        />
        <History current={rules.version} show={mayPublish ? setText : undefined} />
      </section>
      <section className="redaction-box" aria-labelledby="box-title">
        <h2 id="box-title">Try them</h2>
        <p className="muted">What is written here is kept nowhere. The rules that are built in hold too.</p>
        <div className="field-row">
          <ProductField value={product} profiles={tried?.profiles ?? []} onChange={setProduct} />
          <Field
            label="File"
            hint="For rules that name files"
            placeholder="var/log/app.log"
            value={path}
            onChange={setPath}
          />
        </div>
        <Field label="Lines" spellCheck={false} value={lines} onChange={setLines} rows={7} />
        <div className="button-row">
          <button type="button" className="button" onClick={() => setLines(SAMPLE_LINES)}>
            Use the sample
          </button>
          <button type="button" className="button" data-kind="quiet" onClick={() => setLines("")}>
            Clear
          </button>
        </div>
        <Failure reason={trial.failure} />
        <Outcome tried={tried} product={product} />
      </section>
    </>
  );
}

function Standing({ rules }: { rules: RedactionRules }) {
  const { zone } = useZone();
  if (rules.version === 0)
    return <p className="muted">None were published: only the rules that are built in hold.</p>;
  return (
    <p className="muted">
      Version {rules.version}, published {formatShort(parseMicros(rules.published_at), zone)} by{" "}
      {rules.published_by?.name ?? "?"}: {rules.reason}. A bundle keeps what it was read with.
    </p>
  );
}

interface FormProps {
  rules: RedactionRules;
  text: string;
  setText: (text: string) => void;
  mayPublish: boolean;
  tried: TriedRedaction | null;
  fresh: boolean;
}

function RulesForm({ rules, text, setText, mayPublish, tried, fresh }: FormProps) {
  const [reason, setReason] = useState("");
  const mistakes = text.trim() === "" ? [] : (tried?.mistakes ?? []);
  const { busy, failure, submit } = useSubmit(async () => {
    const published = await api.publishRedactionRules(text, reason.trim(), rules.version);
    queryClient.setQueryData(redactionRulesQuery.queryKey, published);
    void queryClient.invalidateQueries({ queryKey: redactionHistoryQuery.queryKey });
    toast(`Published version ${published.version}; bundles that come now are read with it`);
  });
  const isNew = text.trim() !== "" && text !== rules.text;
  const ready = mayPublish && isNew && fresh && mistakes.length === 0 && reason.trim() !== "" && !busy;
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void submit();
  };
  return (
    <form className="form" onSubmit={onForm}>
      <RulesEditor value={text} readOnly={!mayPublish} mistakes={mistakes} onChange={setText} />
      {mayPublish ? (
        <>
          <Field
            label="Reason"
            hint="Who asks later sees it beside your name."
            value={reason}
            onChange={setReason}
          />
          <Failure reason={failure} />
          <footer className="form-foot">
            {text.trim() === "" && (
              <button type="button" className="button" onClick={() => setText(STARTER)}>
                Start from an example
              </button>
            )}
            <button type="submit" className="button" data-kind="primary" disabled={!ready}>
              {busy ? "Working…" : "Publish the next version"}
            </button>
          </footer>
        </>
      ) : (
        <p className="muted">Your role may try rules and not publish them.</p>
      )}
    </form>
  );
}

interface ProductProps {
  value: string;
  profiles: TriedRedaction["profiles"];
  onChange: (product: string) => void;
}

function ProductField({ value, profiles, onChange }: ProductProps) {
  return (
    <div className="field">
      <label htmlFor="redaction-product">Product of the case</label>
      <select
        id="redaction-product"
        className="input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">any other</option>
        {profiles.map(({ name, rules }) => (
          <option key={name} value={name}>
            {name} ({plural(rules, "rule")} more)
          </option>
        ))}
      </select>
      <small className="muted">Its profile is used too</small>
    </div>
  );
}

function Outcome({ tried, product }: { tried: TriedRedaction | null; product: string }) {
  if (!tried) return null;
  if (tried.mistakes.length > 0)
    return (
      <p role="status">The rules have {plural(tried.mistakes.length, "mistake")}; put them right first.</p>
    );
  const hits = tried.lines.flatMap(({ parts }) => parts.filter(({ hit }) => hit)).length;
  return (
    <>
      <p role="status">
        {plural(hits, "place")} hidden in {plural(tried.lines.length, "line")}
        {product && (tried.profile ? ` with the profile ${tried.profile}` : `; ${product} has no profile`)}
      </p>
      <ShownLines lines={tried.lines} label="Before and after" />
    </>
  );
}

function History({ current, show }: { current: number; show?: (text: string) => void }) {
  const { zone } = useZone();
  const versions = useQuery(redactionHistoryQuery).data ?? [];
  if (versions.length === 0) return null;
  return (
    <>
      <h3>Versions</h3>
      <ul className="rules-versions">
        {versions.map((version) => (
          <li key={version.version}>
            <b className="tabular">{version.version}</b>
            <span>
              {version.reason}{" "}
              <small className="muted">
                {version.published_by?.name ?? "?"}, {formatShort(parseMicros(version.published_at), zone)}
              </small>
            </span>
            {show && version.version !== current && (
              <button type="button" className="link" onClick={() => show(version.text)}>
                Take its text
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
