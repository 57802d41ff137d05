// A part of the case becomes one of its own: chosen messages and evidence.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase, refreshQueue } from "../api/live.ts";
import { evidenceQuery, timelineQuery } from "../api/queries.ts";
import type { CaseDetail, TimelineEntry } from "../api/types.ts";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

const MESSAGES = ["noted", "customer_wrote", "message_taken"];

interface Props {
  detail: CaseDetail;
  open: boolean;
  onClose: () => void;
}

export function SplitDialog(props: Props) {
  return props.open ? <SplitForm {...props} /> : null;
}

function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((it) => it !== one) : [...list, one];
}

function who(entry: TimelineEntry): string {
  return entry.title || entry.actor.name;
}

function SplitForm({ detail, open, onClose }: Props) {
  const { number } = detail;
  const navigate = useNavigate();
  const { zone } = useZone();
  const timeline = useQuery(timelineQuery(number));
  const pinned = useQuery(evidenceQuery(number));
  const [subject, setSubject] = useState("");
  const [reason, setReason] = useState("");
  const [messages, setMessages] = useState<number[]>([]);
  const [evidence, setEvidence] = useState<string[]>([]);
  const said = timeline.data?.filter(({ kind }) => MESSAGES.includes(kind)) ?? [];
  const submit = async () => {
    const split = await api.splitCase(number, subject.trim(), messages, evidence, reason.trim());
    refreshCase(number);
    refreshQueue();
    toast(`${split.number} was split from ${number}`);
    void navigate({ to: "/cases/$number", params: { number: split.number } });
  };
  const chosen = messages.length + evidence.length;
  return (
    <FormDialog
      title={`Split a part off ${number}`}
      open={open}
      onClose={onClose}
      submitLabel="Split"
      ready={chosen > 0 && subject.trim() !== "" && reason.trim() !== ""}
      onSubmit={submit}
    >
      <Field
        label="Subject of the new case"
        autoFocus
        maxLength={500}
        value={subject}
        onChange={setSubject}
      />
      <fieldset className="field split-parts">
        <legend>Messages that go along</legend>
        {said.length === 0 && <p className="muted">Nothing was said yet.</p>}
        {said.map((entry) => (
          <label key={entry.sequence} className="check-line">
            <input
              type="checkbox"
              checked={messages.includes(entry.sequence)}
              onChange={() => setMessages((old) => toggled(old, entry.sequence))}
            />
            <span>
              <span className="muted">
                {who(entry)}, {formatShort(parseMicros(entry.at), zone)}:
              </span>{" "}
              {(entry.text ?? "").slice(0, 140)}
            </span>
          </label>
        ))}
      </fieldset>
      {(pinned.data?.length ?? 0) > 0 && (
        <fieldset className="field split-parts">
          <legend>Evidence that is cited there</legend>
          {pinned.data?.map((item) => (
            <label key={item.number} className="check-line">
              <input
                type="checkbox"
                checked={evidence.includes(item.number)}
                onChange={() => setEvidence((old) => toggled(old, item.number))}
              />
              <span>
                {item.number} <code>{item.excerpt.slice(0, 120)}</code>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <Field label="Why" maxLength={10_000} value={reason} onChange={setReason} />
      <p className="muted">
        Nothing leaves {number}. The clocks of the new case count from the first chosen word of the customer.
      </p>
    </FormDialog>
  );
}
