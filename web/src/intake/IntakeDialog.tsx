// The report of a case, with what it is worth while it is written.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import { assessmentQuery, intakeQuery } from "../api/queries.ts";
import type { CaseDetail, Intake, IntakeReport } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { useSeenVersion } from "../ui/useSeenVersion.ts";
import { ItemList } from "./ItemList.tsx";
import { ReportFields } from "./ReportFields.tsx";
import { started, tidy } from "./report.ts";
import { Score } from "./Score.tsx";

/** The server judges after a pause in typing. */
const PAUSE_MS = 400;

interface Props {
  intake: Intake;
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function IntakeDialog(props: Props) {
  return props.open ? <IntakeForm {...props} /> : null;
}

function usePaused<T>(value: T): T {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

function IntakeForm({ intake, detail, open, onClose }: Props) {
  const { number } = detail;
  const client = useQueryClient();
  const [report, setReport] = useState<IntakeReport>(() => started(intake.report, detail));
  const { write } = useSeenVersion(intake.revision, async () => {
    return (await client.fetchQuery({ ...intakeQuery(number), staleTime: 0 })).revision;
  });
  const [team, setTeam] = useState(intake.rounds.at(-1)?.team ?? "");
  const [reason, setReason] = useState("");
  const judged = useQuery(assessmentQuery(number, tidy(usePaused(report))));
  const assessment = judged.data ?? intake.assessment;
  const handsOver = intake.state !== "waiting" && intake.state !== "accepted";
  const blocked = handsOver && !assessment.passes;
  const send = async (submits: boolean) => {
    const submit = submits ? { team: team.trim(), override_reason: blocked ? reason.trim() : "" } : null;
    await write((seen) => api.reportIntake(number, tidy(report), seen, submit));
    refreshCase(number);
    refreshQueue();
  };
  const draft = useSubmit(async () => {
    await send(false);
    onClose();
  });
  return (
    <FormDialog
      title={`Intake of ${number}`}
      open={open}
      onClose={onClose}
      submitLabel={handsOver ? "Hand over" : "Keep"}
      ready={!blocked || reason.trim() !== ""}
      onSubmit={() => send(handsOver)}
    >
      <div className="intake-form">
        <div className="intake-fields">
          <ReportFields report={report} items={assessment.items} onChange={setReport} />
          {handsOver && <Field label="Your team" maxLength={120} value={team} onChange={setTeam} />}
          {blocked && (
            <Field
              label="Reason to override"
              hint="With it the intake is handed over below the score. It is kept."
              value={reason}
              onChange={setReason}
            />
          )}
          {handsOver && (
            <div className="button-row">
              <button
                type="button"
                className="button"
                disabled={draft.busy}
                onClick={() => void draft.submit()}
              >
                Keep as a draft
              </button>
              <Failure reason={draft.failure} />
            </div>
          )}
        </div>
        <section className="intake-live" aria-label="What is there">
          <div role="status">
            <Score assessment={assessment} />
          </div>
          <p className="muted">
            Checklist {assessment.checklist}
            {assessment.version > 0 && `, version ${assessment.version}`}
          </p>
          {judged.error && <Failure reason={judged.error.message} />}
          <ItemList items={assessment.items} />
        </section>
      </div>
    </FormDialog>
  );
}
