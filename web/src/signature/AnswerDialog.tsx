import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import { matchesQuery } from "../api/queries.ts";
import type { MatchAnswer, SignatureMatch } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

export interface Answering {
  match: SignatureMatch;
  answer: MatchAnswer;
}

interface Props {
  answering: Answering | null;
  onClose: () => void;
}

export function AnswerDialog({ answering, onClose }: Props) {
  if (!answering) return null;
  return <AnswerForm key={answering.match.signature} answering={answering} onClose={onClose} />;
}

function AnswerForm({ answering, onClose }: { answering: Answering; onClose: () => void }) {
  const { match, answer } = answering;
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const refuted = answer === "not_this";
  const submit = async () => {
    const now = await api.answerMatch(match.bundle_id, match.signature, answer, reason.trim());
    client.setQueryData(matchesQuery(match.bundle_id).queryKey, now);
    void client.invalidateQueries({ queryKey: ["signature"] });
    refreshCase(match.case_number);
  };
  return (
    <FormDialog
      title={refuted ? `It is not ${match.signature}` : `It is ${match.signature}`}
      open
      onClose={onClose}
      submitLabel={refuted ? "Not this" : "Confirm"}
      ready={!refuted || reason.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label="Reason"
        hint={
          refuted
            ? "What is different. It counts against the signature, and stays on the timeline."
            : "How you know, if there is more to say. It counts for the signature."
        }
        rows={3}
        autoFocus
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
