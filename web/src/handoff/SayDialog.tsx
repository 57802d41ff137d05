// One sentence about a case that waits in a hand-off: a question, an answer or a refusal.
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshHome, refreshQueue } from "../api/live.ts";
import type { HandoffDecision } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

export interface Saying {
  number: string;
  handoff: string;
  decision: Exclude<HandoffDecision, "accept">;
}

const WORDS: Record<Saying["decision"], { title: string; label: string; submit: string; hint: string }> = {
  ask: {
    title: "Ask about",
    label: "Question",
    submit: "Ask",
    hint: "The giver sees it at once; the case stays theirs meanwhile.",
  },
  answer: { title: "Answer about", label: "Answer", submit: "Answer", hint: "It stands on the timeline." },
  refuse: {
    title: "Refuse",
    label: "Reason",
    submit: "Refuse",
    hint: "The case stays with the giver, who reads why.",
  },
};

export async function decideHandoff(
  number: string,
  decision: HandoffDecision,
  handoff: string,
  text: string,
): Promise<void> {
  await api.decideHandoff(number, decision, handoff, text);
  refreshCase(number);
  refreshQueue();
  refreshHome();
}

export function SayDialog({ saying, onClose }: { saying: Saying | null; onClose: () => void }) {
  return saying && <SayForm key={`${saying.number} ${saying.decision}`} saying={saying} onClose={onClose} />;
}

function SayForm({ saying, onClose }: { saying: Saying; onClose: () => void }) {
  const [text, setText] = useState("");
  const words = WORDS[saying.decision];
  return (
    <FormDialog
      title={`${words.title} ${saying.number}`}
      open
      onClose={onClose}
      submitLabel={words.submit}
      ready={text.trim() !== ""}
      onSubmit={() => decideHandoff(saying.number, saying.decision, saying.handoff, text.trim())}
    >
      <Field label={words.label} hint={words.hint} rows={3} autoFocus value={text} onChange={setText} />
    </FormDialog>
  );
}
