// What a resolved case leaves behind: a signature as text, or the reason why it leaves none.
import type { SignatureProposal } from "../api/types.ts";
import { plural } from "../time/number.ts";
import { type Choice, ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";

export type Leaving = "signature" | "nothing" | "later";

interface Props {
  proposal: SignatureProposal | undefined;
  failure: string | null;
  leaving: Leaving;
  onLeaving: (leaving: Leaving) => void;
  text: string;
  onText: (text: string) => void;
  reason: string;
  onReason: (reason: string) => void;
}

export function ProposalFields(props: Props) {
  const { proposal, failure, leaving, onLeaving, text, onText, reason, onReason } = props;
  const choices: readonly Choice<Leaving>[] = [
    {
      value: "signature",
      name: "A signature",
      means: failure
        ? `could not be drawn up: ${failure}`
        : !proposal
          ? "being drawn from the bundle…"
          : (proposal.none ?? `${plural(proposal.features, "feature")}, a draft until somebody activates it`),
      off: !proposal?.text,
    },
    { value: "nothing", name: "No signature", means: "with the reason" },
    { value: "later", name: "Decide later" },
  ];
  return (
    <>
      <ChoiceField legend="To know it again" choices={choices} value={leaving} onChange={onLeaving} />
      {leaving === "signature" && proposal?.text && (
        <Field
          label="Signature"
          hint="Take away what does not belong to the trouble; add cause:, workaround:, fix:, fixed in: lines."
          rows={10}
          spellCheck={false}
          value={text}
          onChange={onText}
        />
      )}
      {leaving === "nothing" && (
        <Field label="Why there is none" value={reason} onChange={onReason} maxLength={10_000} />
      )}
    </>
  );
}
