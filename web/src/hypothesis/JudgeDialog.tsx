import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { Hypothesis, Judgement, Suspect } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { type Choice, ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

export interface Judging {
  bundle: string;
  reference: string | null;
  suspect: Suspect;
  taken: Hypothesis | undefined;
  judgement: Judgement;
}

const CHOICES: readonly Choice<Judgement>[] = [
  { value: "confirmed", name: "Confirmed", means: "the test showed it" },
  { value: "refuted", name: "Refuted", means: "the test showed something else" },
  { value: "inconclusive", name: "Inconclusive", means: "the test decided nothing" },
];

interface Props {
  judging: Judging | null;
  onClose: () => void;
}

export function JudgeDialog({ judging, onClose }: Props) {
  if (!judging) return null;
  return <JudgeForm key={judging.suspect.component} judging={judging} onClose={onClose} />;
}

function JudgeForm({ judging, onClose }: { judging: Judging; onClose: () => void }) {
  const { detail } = useCase();
  const { bundle, reference, suspect, taken } = judging;
  const [judgement, setJudgement] = useState(judging.judgement);
  const [reason, setReason] = useState("");
  const submit = async () => {
    const pinned = taken ?? (await api.pinHypothesis(detail.number, bundle, suspect.component, reference));
    await api.judgeHypothesis(detail.number, pinned.number, judgement, reason.trim());
    refreshCase(detail.number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`What was found out about ${suspect.component}?`}
      open
      onClose={onClose}
      submitLabel="Keep the judgement"
      ready={reason.trim() !== ""}
      onSubmit={submit}
    >
      <ChoiceField legend="Judgement" choices={CHOICES} value={judgement} onChange={setJudgement} />
      <Field
        label="Reason"
        hint="What was tested and what it showed; cite evidence as [E7]. It stays on the timeline."
        rows={3}
        autoFocus
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
