// Known troubles that the bundle looks like: what helped last time, why it was recognised, how far to
// trust it, and the answer that the next reader profits from.
import "../styles/signature.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useId, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { matchesQuery } from "../api/queries.ts";
import type { Bundle, MatchAnswer, MatchReason, SignatureMatch } from "../api/types.ts";
import { write } from "../api/write.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Clamp } from "../ui/Clamp.tsx";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { AnswerDialog, type Answering } from "./AnswerDialog.tsx";
import { featureText, precisionText, trustText } from "./words.ts";

export function KnownIssues({ bundle }: { bundle: Bundle }) {
  const { detail } = useCase();
  const client = useQueryClient();
  const found = useQuery(matchesQuery(bundle.id));
  const [answering, setAnswering] = useState<Answering | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const mayMatch = useMay("attach_bundle");
  const mayAnswer = useMay("judge_hypothesis");
  const matches = found.data ?? [];
  const first = matches[0];
  const again = async () => {
    const now = await write("Could not match the bundle again", detail.number, () =>
      api.matchAgain(bundle.id),
    );
    if (!now) return;
    client.setQueryData(matchesQuery(bundle.id).queryKey, now);
    toast(now.length ? `Looks like ${now[0]?.signature}` : "Looks like no known trouble");
  };
  const answer = (match: SignatureMatch, given: MatchAnswer) => setAnswering({ match, answer: given });
  useCommands({
    "match.again": { enabled: mayMatch, run: () => void again() },
    "match.first": { enabled: matches.length > 0, run: () => list.current?.querySelector("button")?.focus() },
    "match.confirm": { enabled: mayAnswer && !!first, run: () => first && answer(first, "confirmed") },
    "match.refute": { enabled: mayAnswer && !!first, run: () => first && answer(first, "not_this") },
  });
  // Most bundles look like nothing known: that is not worth a section.
  if (!found.error && matches.length === 0) return null;
  return (
    <section className="side-section" aria-labelledby="known-title">
      <header>
        <h2 className="column-title" id="known-title">
          Known trouble <span className="count">{matches.length || ""}</span>
        </h2>
        {mayMatch && (
          <CommandButton command="match.again" kind="quiet">
            Match again
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      <ul className="hypothesis-list" ref={list}>
        {matches.map((match, index) => (
          <KnownIssue key={match.signature} match={match} first={index === 0} onAnswer={answer} />
        ))}
      </ul>
      <AnswerDialog answering={answering} onClose={() => setAnswering(null)} />
    </section>
  );
}

interface Props {
  match: SignatureMatch;
  first: boolean;
  onAnswer: (match: SignatureMatch, answer: MatchAnswer) => void;
}

function KnownIssue({ match, first, onAnswer }: Props) {
  const [open, setOpen] = useState(first && match.answer !== "not_this");
  const body = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li className="hypothesis known" data-open={open || undefined} data-answer={match.answer ?? undefined}>
      <h3>
        <button
          type="button"
          className="hypothesis-head"
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          <Chevron size={14} aria-hidden />
          <span className="tabular muted">{match.signature}</span>
          <span className="hypothesis-name cut">{match.name}</span>
          <span
            className="hypothesis-score tabular"
            title="Weighed share of the signature that the bundle has"
          >
            {match.score.toFixed(2)}
          </span>
        </button>
      </h3>
      <meter
        className="share"
        min={0}
        max={1}
        value={match.score}
        aria-label={`score of ${match.signature}`}
      />
      {match.answer && <Answered match={match} />}
      <div id={body} hidden={!open}>
        {open && <Body match={match} onAnswer={onAnswer} />}
      </div>
    </li>
  );
}

function Answered({ match }: { match: SignatureMatch }) {
  const { zone } = useZone();
  return (
    <div className="judged">
      <p>
        <b>{match.answer === "confirmed" ? "confirmed" : "not this"}</b>{" "}
        <span className="muted">
          {match.answered_by?.name}
          {match.answered_at && `, ${formatShort(parseMicros(match.answered_at), zone)}`}
        </span>
      </p>
      {match.reason && <Clamp text={match.reason} />}
    </div>
  );
}

function Body({ match, onAnswer }: Omit<Props, "first">) {
  const mayAnswer = useMay("judge_hypothesis");
  const { detail } = useCase();
  const helps = [
    ["Cause", match.cause],
    ["Workaround", match.workaround],
    ["Fix", match.fix],
    ["Verify", match.verify],
    ["Affects", match.affects],
    ["Fixed in", match.fixed_in],
  ].filter(([, text]) => text);
  return (
    <>
      <p className="known-from">
        <Link to="/signatures/$number" params={{ number: match.signature }} className="link">
          {match.signature}
        </Link>
        {match.origin_case && (
          <>
            {" from "}
            {match.origin_case === detail.number ? (
              "this case"
            ) : (
              <Link to="/cases/$number" params={{ number: match.origin_case }} className="link">
                {match.origin_case}
              </Link>
            )}
          </>
        )}
        {match.stage !== "active" && <span className="tag">{match.stage}</span>}
      </p>
      {helps.map(([title, text]) => (
        <section key={title} className="hypothesis-part" data-of="mitigation">
          <h4>{title}</h4>
          <p className="pre-line">{text}</p>
        </section>
      ))}
      <section className="hypothesis-part" data-of="for">
        <h4>Both have</h4>
        <ul className="known-reasons">
          {match.shared.map((reason) => (
            <Reason key={reason.feature} reason={reason} bundle={match.bundle_id} />
          ))}
        </ul>
      </section>
      {match.lacking.length > 0 && (
        <section className="hypothesis-part" data-of="against">
          <h4>The bundle has not</h4>
          <ul className="known-reasons">
            {match.lacking.map(({ feature, words }) => (
              <li key={feature} title={feature}>
                {featureText(feature, words)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="hypothesis-part" data-of="trust">
        <h4>How far to trust it</h4>
        <p>{trustText(match)}</p>
        <p className="muted">{precisionText(match)}</p>
      </section>
      {mayAnswer && (
        <div className="hypothesis-actions button-row">
          <button type="button" className="button" onClick={() => onAnswer(match, "confirmed")}>
            It is this
          </button>
          <button type="button" className="button" onClick={() => onAnswer(match, "not_this")}>
            Not this
          </button>
        </div>
      )}
    </>
  );
}

function Reason({ reason, bundle }: { reason: MatchReason; bundle: string }) {
  const { set } = useCase();
  const { file, line, feature, words } = reason;
  const text = featureText(feature, words);
  const at = file != null && line != null ? { file, line } : null;
  return (
    <li title={feature}>
      {text}{" "}
      {at && (
        <button
          type="button"
          className="link"
          aria-label={`line ${at.line}: ${text}`}
          onClick={() => set({ bundle, view: "logs", at, detail: true })}
        >
          line {at.line}
        </button>
      )}
    </li>
  );
}
