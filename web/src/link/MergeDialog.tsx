import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import { caseQuery } from "../api/queries.ts";
import type { CaseDetail } from "../api/types.ts";
import { statusText } from "../case/status.ts";
import { toast } from "../shell/toasts.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { caseNumberOf } from "./relations.ts";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function MergeDialog(props: Props) {
  return props.open ? <MergeForm {...props} /> : null;
}

function MergeForm({ detail, open, onClose }: Props) {
  const { number } = detail;
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const into = caseNumberOf(text);
  const found = useQuery({ ...caseQuery(into ?? ""), enabled: into !== null && into !== number });
  const other = into && found.data?.number === into ? found.data : null;
  const submit = async () => {
    await api.mergeCase(number, into!, reason.trim());
    refreshCase(number);
    refreshCase(into!);
    refreshQueue();
    toast(`${number} was merged into ${into}`);
    void navigate({ to: "/cases/$number", params: { number: into! } });
  };
  return (
    <FormDialog
      title={`Merge ${number} into another case`}
      open={open}
      onClose={onClose}
      submitLabel="Merge"
      ready={into !== null && into !== number}
      onSubmit={submit}
    >
      <Field label="The case that stays" placeholder="MS-1042" autoFocus value={text} onChange={setText} />
      <p className="muted" role="status">
        {other
          ? `${other.number}: ${other.subject} · ${other.customer || "no customer"} · ${statusText(other)}`
          : into === number
            ? "A case is not merged into itself."
            : "It must be of the same customer and not closed."}
      </p>
      <Field label="Why" maxLength={10_000} value={reason} onChange={setReason} />
      <p className="muted">
        Everybody of both cases keeps hearing. Evidence and citations of {number} stay, its address leads to
        the other case, and the clocks count from the earlier beginning. It can be taken back at any time.
      </p>
    </FormDialog>
  );
}
