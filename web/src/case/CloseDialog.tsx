// The closing gate: what is answered before a case is closed for good.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import { caseSignaturesQuery, hypothesesQuery, timelineQuery } from "../api/queries.ts";
import type { CaseDetail, Gate, Hypothesis, Left, Signature, TimelineEntry } from "../api/types.ts";
import { type Choice, ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

const CONFIRMED: readonly Choice<Gate["confirmed"]>[] = [
  { value: "customer", name: "The customer", means: "said that it is over" },
  { value: "monitoring", name: "Monitoring", means: "stayed quiet long enough" },
  { value: "nobody", name: "Nobody", means: "and it is closed all the same" },
];

export function CloseDialog({ detail, open, onClose }: Props) {
  const hypotheses = useQuery({ ...hypothesesQuery(detail.number), enabled: open });
  const signatures = useQuery({ ...caseSignaturesQuery(detail.number), enabled: open });
  const timeline = useQuery({ ...timelineQuery(detail.number), enabled: open });
  if (!open || [hypotheses, signatures, timeline].some(({ isPending }) => isPending)) return null;
  return (
    <CloseForm
      detail={detail}
      cause={causeOf(hypotheses.data ?? [])}
      signature={signatureOf(signatures.data ?? [], timeline.data ?? [])}
      onClose={onClose}
    />
  );
}

/** What was said of a signature when the case was resolved is not asked again. */
function signatureOf(signatures: readonly Signature[], timeline: readonly TimelineEntry[]): Left {
  const made = signatures.find(({ stage }) => stage !== "retired");
  if (made) return { kept: "created", text: made.number };
  const declined = timeline.findLast(({ kind }) => kind === "signature_declined");
  return { kept: "not_needed", text: declined?.text ?? "" };
}

/** What was confirmed is offered as the cause. */
function causeOf(hypotheses: readonly Hypothesis[]): string {
  const confirmed = hypotheses.find(({ judgement }) => judgement === "confirmed");
  return confirmed ? `${confirmed.component}: ${confirmed.statement} [${confirmed.number}]` : "";
}

interface FormProps extends Omit<Props, "open"> {
  cause: string;
  signature: Left;
}

function CloseForm({ detail, cause: offered, signature: said, onClose }: FormProps) {
  const [confirmed, setConfirmed] = useState<Gate["confirmed"]>("customer");
  const [how, setHow] = useState("");
  const [cause, setCause] = useState(offered);
  const [signature, setSignature] = useState<Left>(said);
  const [article, setArticle] = useState<Left>({ kept: "not_needed", text: "" });
  const { number } = detail;
  const answers = [how, cause, signature.text, article.text];
  const submit = async () => {
    const gate = { confirmed, confirmed_how: how.trim(), cause: cause.trim(), signature, article };
    await api.close(number, gate);
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Close ${number} for good`}
      open
      onClose={onClose}
      submitLabel="Close"
      ready={answers.every((answer) => answer.trim() !== "")}
      onSubmit={submit}
    >
      <ChoiceField legend="Who confirmed it?" choices={CONFIRMED} value={confirmed} onChange={setConfirmed} />
      <Field
        label={confirmed === "nobody" ? "Why it is closed without a word" : "How it was confirmed"}
        hint="After this the customer's next word opens a follow-up case."
        autoFocus
        value={how}
        onChange={setHow}
      />
      <Field
        label="Cause"
        hint="Cite evidence as [E7], a hypothesis as [H2]."
        rows={3}
        value={cause}
        onChange={setCause}
      />
      <LeftField name="signature" value={signature} onChange={setSignature} />
      <LeftField name="article" value={article} onChange={setArticle} />
    </FormDialog>
  );
}

interface LeftProps {
  name: "signature" | "article";
  value: Left;
  onChange: (value: Left) => void;
}

function LeftField({ name, value, onChange }: LeftProps) {
  const choices: readonly Choice<Left["kept"]>[] = [
    { value: "linked", name: "One that was there fits" },
    { value: "created", name: "One was made of this case" },
    { value: "not_needed", name: "None is needed" },
  ];
  const needed = value.kept !== "not_needed";
  return (
    <>
      <ChoiceField
        legend={name === "article" ? "Article" : "Signature"}
        choices={choices}
        value={value.kept}
        onChange={(kept) => onChange({ ...value, kept })}
      />
      <Field
        label={needed ? `Which ${name}` : `Why no ${name} is needed`}
        placeholder={needed && name === "signature" ? "SIG-1001" : undefined}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
    </>
  );
}
