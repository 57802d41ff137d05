import { useId, useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import type { CaseDetail } from "../api/types.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { caseNumberOf, RELATIONS } from "./relations.ts";

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function LinkDialog(props: Props) {
  return props.open ? <LinkForm {...props} /> : null;
}

function LinkForm({ detail, open, onClose }: Props) {
  const { number } = detail;
  const id = useId();
  const [relation, setRelation] = useState("duplicate-of");
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const other = caseNumberOf(text);
  const submit = async () => {
    await api.linkCase(number, relation, other!, reason.trim());
    refreshCase(number);
    refreshCase(other!);
    refreshQueue();
  };
  return (
    <FormDialog
      title={`Link ${number} with another case`}
      open={open}
      onClose={onClose}
      submitLabel="Link"
      ready={other !== null && other !== number}
      onSubmit={submit}
    >
      <div className="field">
        <label htmlFor={id}>{number}</label>
        <select
          id={id}
          className="input"
          value={relation}
          onChange={(event) => setRelation(event.target.value)}
        >
          {RELATIONS.map(({ word, name, means }) => (
            <option key={word} value={word}>
              {name} ({means})
            </option>
          ))}
        </select>
      </div>
      <Field label="The other case" placeholder="MS-1043" autoFocus value={text} onChange={setText} />
      <Field
        label="Why"
        hint="Both timelines tell it."
        maxLength={10_000}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
