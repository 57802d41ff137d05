// What broke: the verdict, and the suspects as cards. The first is open, the others one press away.
import "../styles/hypothesis.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { hypothesesQuery, rankingQuery } from "../api/queries.ts";
import type { Bundle, Hypothesis, Judgement, Ranking, Suspect } from "../api/types.ts";
import { write } from "../api/write.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { plural } from "../time/number.ts";
import { formatClock, parseMicros } from "../time/time.ts";
import { Clamp } from "../ui/Clamp.tsx";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { HypothesisCard, Judged } from "./HypothesisCard.tsx";
import { JudgeDialog, type Judging } from "./JudgeDialog.tsx";
import { ReferenceDialog } from "./ReferenceDialog.tsx";
import { referenceOf } from "./reference.ts";

const SHOWN_FIRST = 4;

export function HypothesisList({ bundle }: { bundle: Bundle }) {
  const { detail } = useCase();
  const reference = referenceOf(bundle, detail.bundle_list);
  const found = useQuery(rankingQuery(bundle.id, reference?.id ?? null));
  const [choosing, setChoosing] = useState(false);
  const mayChoose = useMay("pin_evidence");
  useCommands({ "hypothesis.reference": { enabled: mayChoose, run: () => setChoosing(true) } });
  return (
    <section className="side-section" aria-labelledby="hypotheses-title">
      <header>
        <h2 className="column-title" id="hypotheses-title">
          Hypotheses <span className="count">{found.data?.suspects.length || ""}</span>
        </h2>
        {mayChoose && (
          <CommandButton command="hypothesis.reference" kind="quiet">
            {reference ? "Good bundle" : "Compare"}
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && !found.error && (
        <p className="muted side-none" aria-busy="true">
          {reference ? `Comparing with ${reference.name}; this is done once…` : "Loading the hypotheses…"}
        </p>
      )}
      {found.data && <Verdict ranking={found.data} reference={reference} />}
      {found.data && (
        <Cards
          key={`${bundle.id} ${reference?.id}`}
          bundle={bundle}
          reference={reference?.id ?? null}
          ranking={found.data}
        />
      )}
      <ReferenceDialog bundle={bundle} open={choosing} onClose={() => setChoosing(false)} />
    </section>
  );
}

const VERDICT = { fault: "Fault", no_fault: "No fault", inconclusive: "Not decided" };

function Verdict({ ranking, reference }: { ranking: Ranking; reference: Bundle | null }) {
  const { zone } = useZone();
  const { window } = ranking;
  const clock = (text: string) => formatClock(parseMicros(text), zone, "s");
  const surer = ranking.why_not_higher;
  return (
    <div className="verdict" data-verdict={ranking.verdict}>
      <p>
        <b className="verdict-word">{VERDICT[ranking.verdict]}</b>{" "}
        {ranking.verdict !== "inconclusive" && (
          <span className="tabular" title="How sure">
            {Math.round(ranking.confidence * 100)} %
          </span>
        )}
      </p>
      <Clamp text={ranking.reason} />
      <p className="muted">
        {window && (
          <span className="tabular" title={ranking.window_why ?? undefined}>
            {clock(window.from)}–{clock(window.to)},{" "}
          </span>
        )}
        beside {reference ? `${reference.name}: ` : ""}
        {ranking.baseline}
      </p>
      {surer.length > 0 && <p className="muted">Not surer because: {surer.join("; ")}</p>}
    </div>
  );
}

interface CardsProps {
  bundle: Bundle;
  reference: string | null;
  ranking: Ranking;
}

function Cards({ bundle, reference, ranking }: CardsProps) {
  const { detail, state } = useCase();
  const all = useQuery(hypothesesQuery(detail.number)).data;
  const taken = all?.filter(({ bundle_id }) => bundle_id === bundle.id) ?? [];
  const { suspects } = ranking;
  const takenOf = (suspect: Suspect) =>
    taken.find(({ component, kind }) => component === suspect.component && kind === suspect.kind);
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const cameFor = suspects.find((suspect) => takenOf(suspect)?.number === state.hypothesis);
  const open = chosen === undefined ? (cameFor ?? suspects[0])?.component : (chosen ?? undefined);
  const [more, setMore] = useState(false);
  const [judging, setJudging] = useState<Judging | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const shown = suspects.filter(
    (suspect, index) => more || index < SHOWN_FIRST || takenOf(suspect) || suspect.component === open,
  );
  const pin = async (suspect: Suspect) => {
    const pinned = await write("Could not take the hypothesis up", detail.number, () =>
      api.pinHypothesis(detail.number, bundle.id, suspect.component, reference),
    );
    if (pinned) toast(`Taken up as ${pinned.citation}`);
  };
  const judge = (suspect: Suspect, judgement: Judgement) =>
    setJudging({ bundle: bundle.id, reference, suspect, taken: takenOf(suspect), judgement });
  useCardCommands({ list, suspect: suspects.find(({ component }) => component === open), pin, judge });
  const cameForNumber = cameFor && takenOf(cameFor)?.number;
  useEffect(() => {
    if (cameForNumber)
      list.current?.querySelector("[data-open] button")?.scrollIntoView({ block: "nearest" });
  }, [cameForNumber]);
  const elsewhere = (all ?? []).filter(
    (one) => !suspects.some((suspect) => takenOf(suspect)?.number === one.number),
  );
  return (
    <>
      <ul className="hypothesis-list" ref={list}>
        {shown.map((suspect) => (
          <HypothesisCard
            key={suspect.component}
            rank={suspects.indexOf(suspect) + 1}
            suspect={suspect}
            taken={takenOf(suspect)}
            open={suspect.component === open}
            onToggle={() => setChosen(suspect.component === open ? null : suspect.component)}
            onPin={() => void pin(suspect)}
            onJudge={(judgement) => judge(suspect, judgement)}
          />
        ))}
      </ul>
      {(more || shown.length < suspects.length) && (
        <button type="button" className="link" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? "Show fewer" : plural(suspects.length - shown.length, "weaker suspect")}
        </button>
      )}
      {suspects.length === 0 && <p className="muted side-none">Nobody is under suspicion.</p>}
      {elsewhere.length > 0 && <Elsewhere taken={elsewhere} />}
      <JudgeDialog judging={judging} onClose={() => setJudging(null)} />
    </>
  );
}

/** Taken up from another bundle, or from a ranking beside another reference. */
function Elsewhere({ taken }: { taken: readonly Hypothesis[] }) {
  return (
    <details className="hypotheses-elsewhere">
      <summary>{plural(taken.length, "hypothesis", "hypotheses")} of other rankings</summary>
      <ul className="hypothesis-list">
        {taken.map((one) => (
          <li key={one.number} className="hypothesis" data-judgement={one.judgement ?? undefined}>
            <p>
              <span className="muted">{one.number}</span> <b>{one.component}</b>{" "}
              <span className="tag">{one.kind}</span>
            </p>
            <Clamp text={one.statement} className="muted" />
            {one.judgement && <Judged taken={one} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface CardCommands {
  list: React.RefObject<HTMLUListElement | null>;
  /** The open card. */
  suspect: Suspect | undefined;
  pin: (suspect: Suspect) => Promise<void>;
  judge: (suspect: Suspect, judgement: Judgement) => void;
}

function useCardCommands({ list, suspect, pin, judge }: CardCommands): void {
  const mayPin = useMay("pin_evidence");
  const mayJudge = useMay("judge_hypothesis");
  const of = (may: boolean, run: (suspect: Suspect) => void) => ({
    enabled: may && suspect !== undefined,
    run: () => {
      list.current?.querySelector("[data-open]")?.scrollIntoView({ block: "nearest" });
      if (suspect) run(suspect);
    },
  });
  useCommands({
    "hypothesis.first": { enabled: true, run: () => list.current?.querySelector("button")?.focus() },
    "hypothesis.pin": of(mayPin, (one) => void pin(one)),
    "hypothesis.confirm": of(mayJudge, (one) => judge(one, "confirmed")),
    "hypothesis.refute": of(mayJudge, (one) => judge(one, "refuted")),
  });
}
