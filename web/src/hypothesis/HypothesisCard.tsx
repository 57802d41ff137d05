import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronRight from "lucide-react/icons/chevron-right";
import { type ReactNode, useId, useState } from "react";
import type { Contribution, Hypothesis, Judgement, Suspect } from "../api/types.ts";
import { cite } from "../case/draft.ts";
import { useCase } from "../case/useCase.ts";
import { useMay } from "../shell/session.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Clamp } from "../ui/Clamp.tsx";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { Cites } from "./Cites.tsx";

interface Props {
  rank: number;
  suspect: Suspect;
  taken: Hypothesis | undefined;
  open: boolean;
  onToggle: () => void;
  onPin: () => void;
  onJudge: (judgement: Judgement) => void;
}

export function HypothesisCard({ rank, suspect, taken, open, onToggle, onPin, onJudge }: Props) {
  const body = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li className="hypothesis" data-open={open || undefined} data-judgement={taken?.judgement ?? undefined}>
      <h3>
        <button
          type="button"
          className="hypothesis-head"
          aria-expanded={open}
          aria-controls={body}
          onClick={onToggle}
        >
          <Chevron size={14} aria-hidden />
          <span className="tabular muted">{taken?.number ?? rank}</span>
          <span className="hypothesis-name cut">{suspect.component}</span>
          <span className="tag">{suspect.kind}</span>
          <span className="hypothesis-score tabular" title="0 to 1; grows with the sum of the contributions">
            {suspect.score.toFixed(2)}
          </span>
        </button>
      </h3>
      <meter
        className="share"
        min={0}
        max={1}
        value={suspect.score}
        aria-label={`score of ${suspect.component}`}
      />
      {taken?.judgement && <Judged taken={taken} />}
      <div id={body} hidden={!open}>
        {open && <Body suspect={suspect} taken={taken} onPin={onPin} onJudge={onJudge} />}
      </div>
    </li>
  );
}

/** What a person found out, and why. */
export function Judged({ taken }: { taken: Hypothesis }) {
  const { zone } = useZone();
  return (
    <div className="judged">
      <p>
        <b>{taken.judgement}</b>{" "}
        <span className="muted">
          {taken.judged_by?.name}, {formatShort(parseMicros(taken.judged_at), zone)}
        </span>
      </p>
      {taken.reason_html && <ServerHtml html={taken.reason_html} />}
    </div>
  );
}

type BodyProps = Pick<Props, "suspect" | "taken" | "onPin" | "onJudge">;

function Body({ suspect, taken, onPin, onJudge }: BodyProps) {
  const { detail } = useCase();
  const mayPin = useMay("pin_evidence");
  const mayJudge = useMay("judge_hypothesis");
  const speaksFor = suspect.contributions.filter(({ value }) => value > 0);
  const speaksAgainst = suspect.contributions.filter(({ value }) => value <= 0);
  // What supports it beyond the contributions, which are listed with their places.
  const said = new Set(suspect.contributions.map(({ name, detail: text }) => `${name}: ${text}`));
  const more = suspect.supporting.filter((text) => !said.has(text));
  const tests = [...new Set([suspect.next_check, ...suspect.known_causes.map(({ check }) => check)])];
  return (
    <>
      <Clamp text={suspect.statement} />
      <Part title="For" of="for">
        <Reasons contributions={speaksFor} texts={more} component={suspect.component} />
      </Part>
      <Part title="Against" of="against">
        <Reasons contributions={speaksAgainst} texts={suspect.against} component={suspect.component} />
      </Part>
      {suspect.missing.length > 0 && (
        <Part title="Missing" of="missing">
          <p>{suspect.missing.join("; ")}</p>
        </Part>
      )}
      <Part title="Next test" of="test">
        <p>{tests[0]}</p>
        {tests.length > 1 && <Clamp text={tests.slice(1).join("; ")} className="muted" />}
      </Part>
      <Part title="Safe to try" of="mitigation">
        {suspect.known_causes.length === 0 && <p>{suspect.mitigation}</p>}
        {suspect.known_causes.map((known) => (
          <p key={known.id}>
            {known.fix}{" "}
            <span className="muted" title={known.id}>
              ({known.cause}; {known.article})
            </span>
          </p>
        ))}
      </Part>
      <div className="hypothesis-actions button-row">
        {mayPin && !taken && (
          <button type="button" className="button" onClick={onPin}>
            Take up
          </button>
        )}
        {taken && (
          <button type="button" className="button" onClick={() => cite(detail.number, taken.citation)}>
            Cite {taken.number}
          </button>
        )}
        {mayJudge && (
          <>
            <button type="button" className="button" onClick={() => onJudge("confirmed")}>
              Confirm
            </button>
            <button type="button" className="button" onClick={() => onJudge("refuted")}>
              Refute
            </button>
            <button type="button" className="button" onClick={() => onJudge("inconclusive")}>
              Undecided
            </button>
          </>
        )}
      </div>
    </>
  );
}

function Part({ title, of, children }: { title: string; of: string; children: ReactNode }) {
  return (
    <section className="hypothesis-part" data-of={of}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

interface ReasonsProps {
  contributions: readonly Contribution[];
  texts: readonly string[];
  component: string;
}

/** The weakest of a dozen reasons decide nothing. */
const REASONS_FIRST = 4;

function Reasons({ contributions, texts, component }: ReasonsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? contributions : contributions.slice(0, REASONS_FIRST);
  if (contributions.length + texts.length === 0) return <p className="muted">Nothing was found.</p>;
  return (
    <ul className="reasons">
      {shown.map((it) => (
        <li key={`${it.group} ${it.name}`}>
          <span className="reason-value tabular" title={`weighed as ${it.group.replaceAll("_", " ")}`}>
            {it.value > 0 ? "+" : "−"}
            {Math.abs(it.value).toFixed(1)}
          </span>
          <div>
            <Clamp text={`${it.name}: ${it.detail}`} />
            <Cites cites={it.cites} hint={{ component, name: it.name }} />
          </div>
        </li>
      ))}
      {contributions.length > REASONS_FIRST && (
        <li>
          <span aria-hidden="true" />
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? "Fewer" : `${contributions.length - REASONS_FIRST} more reasons`}
          </button>
        </li>
      )}
      {texts.map((text) => (
        <li key={text}>
          <span className="reason-value" aria-hidden="true" />
          <p>{text}</p>
        </li>
      ))}
    </ul>
  );
}
