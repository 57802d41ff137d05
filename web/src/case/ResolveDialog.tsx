import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, reasonOf } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import { proposalQuery } from "../api/queries.ts";
import type { CaseDetail } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { toast, toastError } from "../shell/toasts.tsx";
import { type Leaving, ProposalFields } from "../signature/ProposalFields.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { isDone } from "./status.ts";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function ResolveDialog(props: Props) {
  return <ResolveForm key={String(props.open)} {...props} />;
}

function ResolveForm({ detail, open, onClose }: Props) {
  const [text, setText] = useState("");
  // what it was opened for: the news of the resolve itself may come while the signature is being kept
  const [resolved] = useState(isDone(detail.status));
  const { number } = detail;
  const left = useLeft(number, open && !resolved);
  const submit = async () => {
    await (resolved ? api.reopen(number, text.trim()) : api.resolve(number, text.trim()));
    // The case is resolved whatever becomes of its signature.
    if (!resolved) await left.keep();
    refreshCase(number);
    refreshQueue();
  };
  return (
    <FormDialog
      title={resolved ? `Reopen ${number}` : `Resolve ${number}`}
      open={open}
      onClose={onClose}
      submitLabel={resolved ? "Reopen" : "Resolve"}
      ready={text.trim() !== "" && (resolved || left.ready)}
      onSubmit={submit}
    >
      <Field
        label={resolved ? "Why it is open again" : "Resolution"}
        hint={
          resolved ? undefined : "The cause, the fix and how it was verified. Cite evidence with its number."
        }
        autoFocus
        rows={5}
        value={text}
        onChange={setText}
      />
      {left.fields}
    </FormDialog>
  );
}

/** The part of the form about the signature; nothing for whoever may not draft one. */
function useLeft(number: string, wanted: boolean) {
  const mayDraft = useMay("draft_signature");
  const found = useQuery(proposalQuery(number, wanted && mayDraft));
  const [chosen, setChosen] = useState<Leaving | null>(null);
  const [edited, setEdited] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const text = edited ?? found.data?.text ?? "";
  const leaving = chosen ?? (found.data?.text ? "signature" : "later");
  const keep = async () => {
    try {
      if (leaving === "signature" && text.trim()) {
        const drafted = await api.draftSignature(number, text, found.data?.bundle_id ?? null);
        toast(`Drafted ${drafted.number}`);
      } else if (leaving === "nothing") await api.declineSignature(number, reason.trim());
    } catch (error) {
      toastError(`${number} is resolved, but what it leaves was not kept`, error);
    }
  };
  const fields = wanted && mayDraft && (
    <ProposalFields
      proposal={found.data}
      failure={found.error ? reasonOf(found.error) : null}
      leaving={leaving}
      onLeaving={setChosen}
      text={text}
      onText={setEdited}
      reason={reason}
      onReason={setReason}
    />
  );
  return { keep, fields, ready: leaving !== "nothing" || reason.trim() !== "" };
}
