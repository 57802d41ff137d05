// What is done before the cause is gone, each with its risk and its way back.
import "../styles/mitigation.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mitigationsQuery } from "../api/queries.ts";
import type { Mitigation, MitigationState } from "../api/types.ts";
import { isDone } from "../case/status.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay, useSession } from "../shell/session.tsx";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { ErrorState } from "../ui/states.tsx";
import { MoveDialog } from "./MoveDialog.tsx";
import { ProposeDialog } from "./ProposeDialog.tsx";
import { STATE_NAMES, STEP_NAMES } from "./state.ts";

interface Moving {
  mitigation: Mitigation;
  to: MitigationState;
}

export function MitigationList() {
  const { detail } = useCase();
  const found = useQuery(mitigationsQuery(detail.number));
  const [proposing, setProposing] = useState(false);
  const [moving, setMoving] = useState<Moving | null>(null);
  const may = useMay("mitigate");
  const mayPropose = may && !isDone(detail.status);
  useCommands({ "mitigation.propose": { enabled: mayPropose, run: () => setProposing(true) } });
  return (
    <section className="side-section" aria-labelledby="mitigations-title">
      <header>
        <h2 className="column-title" id="mitigations-title">
          Mitigations <span className="count">{found.data?.length || ""}</span>
        </h2>
        {mayPropose && (
          <CommandButton command="mitigation.propose" kind="quiet">
            Propose
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p className="muted side-none">None was proposed.</p>}
      <ul className="mitigation-list">
        {found.data?.map((mitigation) => (
          <MitigationCard
            key={mitigation.number}
            mitigation={mitigation}
            may={may}
            done={isDone(detail.status)}
            onMove={(to) => setMoving({ mitigation, to })}
          />
        ))}
      </ul>
      <ProposeDialog number={detail.number} open={proposing} onClose={() => setProposing(false)} />
      {moving && (
        <MoveDialog
          number={detail.number}
          mitigation={moving.mitigation}
          to={moving.to}
          onClose={() => setMoving(null)}
        />
      )}
    </section>
  );
}

interface CardProps {
  mitigation: Mitigation;
  may: boolean;
  done: boolean;
  onMove: (to: MitigationState) => void;
}

function MitigationCard({ mitigation, may, done, onMove }: CardProps) {
  const mayApprove = useMay("approve_mitigation");
  const { user } = useSession();
  const steps = mitigation.next.filter((next) => {
    if (next === "approved") return mayApprove && mitigation.proposed_by.id !== user.id;
    return next === "rolled_back" || !done;
  });
  const waits = mitigation.risk === "high" && mitigation.state === "proposed";
  return (
    <li className="side-card" data-state={mitigation.state}>
      <p className="mitigation-head">
        <span className="mitigation-risk" data-risk={mitigation.risk}>
          {mitigation.risk} risk
        </span>
        <b>{STATE_NAMES[mitigation.state]}</b>
        <span className="muted">{mitigation.moved_by.name}</span>
      </p>
      <ServerHtml html={mitigation.what_html} />
      <dl className="mitigation-facts">
        <dt>May break</dt>
        <dd>{mitigation.risk_why}</dd>
        <dt>Way back</dt>
        <dd>{mitigation.rollback}</dd>
        {mitigation.change && (
          <>
            <dt>Change</dt>
            <dd>{mitigation.change}</dd>
          </>
        )}
        {mitigation.approved_by && (
          <>
            <dt>Approved by</dt>
            <dd>{mitigation.approved_by.name}</dd>
          </>
        )}
        {mitigation.note && (
          <>
            <dt>Note</dt>
            <dd>{mitigation.note}</dd>
          </>
        )}
      </dl>
      {waits && <p className="muted">A manager who did not propose it approves it first.</p>}
      {may && steps.length > 0 && (
        <p className="side-actions">
          {steps.map((to) => (
            <button key={to} type="button" className="button" onClick={() => onMove(to)}>
              {STEP_NAMES[to]}
              <span className="visually-hidden"> mitigation {mitigation.number}</span>
            </button>
          ))}
        </p>
      )}
    </li>
  );
}
