// The intake of a case beside it: what is there, what is missing, and who decides.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { intakeQuery } from "../api/queries.ts";
import type { Intake } from "../api/types.ts";
import { isDone } from "../case/status.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { acceptIntake } from "./acceptIntake.ts";
import { IntakeDialog } from "./IntakeDialog.tsx";
import { ItemList } from "./ItemList.tsx";
import { ReturnDialog } from "./ReturnDialog.tsx";
import { itemName, returnReason } from "./reasons.ts";
import { Score } from "./Score.tsx";

const STATES: Record<string, string> = {
  draft: "draft, not handed over",
  waiting: "waits for a decision",
  accepted: "accepted",
  returned: "returned to the sender",
};

export function IntakePanel() {
  const { detail } = useCase();
  const { number } = detail;
  const found = useQuery(intakeQuery(number));
  const [open, setOpen] = useState<"report" | "return" | null>(null);
  const intake = found.data;
  const done = isDone(detail.status);
  const mayReport = useMay("report_intake") && !done;
  const mayDecide = useMay("decide_intake") && intake?.state === "waiting" && !done;
  useCommands({
    "case.intake": { enabled: mayReport && intake !== undefined, run: () => setOpen("report") },
    "case.accept": { enabled: mayDecide, run: () => void acceptIntake(number) },
    "case.return": { enabled: mayDecide, run: () => setOpen("return") },
  });
  const close = () => setOpen(null);
  return (
    <section className="side-section" aria-labelledby="intake-title">
      <header>
        <h2 className="column-title" id="intake-title">
          Intake
        </h2>
        {mayReport && (
          <CommandButton command="case.intake" kind="quiet">
            {intake?.state ? "Complete" : "Fill in"}
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {intake && <Standing intake={intake} />}
      {mayDecide && (
        <div className="button-row intake-decide">
          <CommandButton command="case.accept">Accept</CommandButton>
          <CommandButton command="case.return">Return</CommandButton>
        </div>
      )}
      {intake && <IntakeDialog intake={intake} detail={detail} open={open === "report"} onClose={close} />}
      <ReturnDialog number={number} open={open === "return"} onClose={close} />
    </section>
  );
}

function Standing({ intake }: { intake: Intake }) {
  const { zone } = useZone();
  const last = intake.rounds.at(-1);
  const missing = intake.assessment.items.filter(({ verdict }) => verdict === "no");
  if (!intake.state) {
    return <p className="muted side-none">Nothing was reported yet.</p>;
  }
  const owed = last?.owed.filter((item) => missing.some((judged) => judged.item === item)) ?? [];
  return (
    <div className="intake-standing">
      <Score assessment={intake.assessment} />
      <p>
        {STATES[intake.state]}
        {last && last.round > 1 && `, round ${last.round}`}
        {last?.team && ` · from ${last.team}`}
      </p>
      {intake.state === "returned" && last?.decision && (
        <p className="warned">
          {returnReason(last.decision.reason)}
          {last.decision.note && `: ${last.decision.note}`}
        </p>
      )}
      {last?.override_reason && <p className="muted">Override: {last.override_reason}</p>}
      {owed.length > 0 && last?.owed_by && (
        <p className="warned">
          Owed by {formatShort(parseMicros(last.owed_by), zone)}:{" "}
          {owed.map((item) => itemName({ item, text: "" })).join(", ")}
        </p>
      )}
      <ItemList items={missing} />
    </div>
  );
}
