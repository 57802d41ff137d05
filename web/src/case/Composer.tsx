import { useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import type { AfterNote, Audience, CaseStatus } from "../api/types.ts";
import { write } from "../api/write.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { toRfc3339 } from "../time/time.ts";
import { Keys } from "../ui/Keys.tsx";
import { draftOf, openComposer, setDraft, useDrafts } from "./draft.ts";
import { isDone } from "./status.ts";
import { useCase } from "./useCase.ts";

/** A reply to the customer waits this long, so that it can be taken back. */
const UNDO_S = 10;

interface Waiting {
  caseNumber: string;
  text: string;
  leftS: number;
}

export function Composer() {
  const { detail } = useCase();
  const audience = useDrafts((drafts) => drafts.audience[detail.number]) ?? null;
  const mayNote = useMay("write_internal_note");
  const mayReply = useMay("write_public_note");
  if (audience) return <ComposerForm key={audience} audience={audience} />;
  return (
    <div className="composer-closed">
      <button
        type="button"
        className="button"
        disabled={!mayNote}
        title={mayNote ? undefined : "Your role may not write notes"}
        onClick={() => openComposer(detail.number, "internal")}
      >
        Internal note <Keys of="case.note" />
      </button>
      <button
        type="button"
        className="button"
        data-kind="public"
        disabled={!mayReply}
        title={mayReply ? undefined : "Your role may not reply to the customer"}
        onClick={() => openComposer(detail.number, "public")}
      >
        Public reply <Keys of="case.reply" />
      </button>
    </div>
  );
}

function ComposerForm({ audience }: { audience: Audience }) {
  const { detail } = useCase();
  const number = detail.number;
  const text = useDrafts((drafts) => draftOf(drafts.texts, number, audience));
  const box = useComposerBox();
  const [busy, setBusy] = useState(false);
  const [status, setStatus] = useState<CaseStatus | "">("");
  const [hours, setHours] = useState("");
  const send = async (what: string) => {
    setBusy(true);
    const after: AfterNote = {};
    if (status) after.status = status;
    // counted from the moment it is sent, not from when it was chosen
    if (hours) after.next_update_by = toRfc3339((Date.now() + Number(hours) * 3_600_000) * 1000);
    const sent = await write("Could not send", number, () => api.note(number, audience, what, after));
    setBusy(false);
    if (!sent) return;
    setDraft(number, audience, "");
    openComposer(number, null);
  };
  const { waiting, wait, cancel, now } = useUndoableSend((reply) => void send(reply));
  const ready = text.trim() !== "" && !busy && !waiting;
  const submit = () => {
    if (!ready) return;
    if (audience === "public") wait(number, text.trim());
    else void send(text.trim());
  };
  useCommands({
    "form.submit": { run: submit, enabled: ready },
    back: { run: () => openComposer(number, null), enabled: !waiting, rank: 3 },
  });
  const publicly = audience === "public";
  return (
    <form
      className="composer"
      data-audience={audience}
      aria-label={publicly ? "Public reply" : "Internal note"}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="composer-who">
        {publicly ? (
          <>
            <b>Customer sees this</b> · to {detail.customer || "the customer of this case"}
          </>
        ) : (
          <>
            <b>Internal note</b> · only this desk sees it
          </>
        )}
      </p>
      <textarea
        ref={box}
        rows={5}
        value={text}
        readOnly={waiting !== null}
        aria-label={publicly ? "Reply to the customer" : "Internal note"}
        placeholder={
          publicly
            ? "What we know, what happens next, and when you hear again"
            : "Markdown. Cite evidence with its number"
        }
        onChange={(event) => setDraft(number, audience, event.target.value)}
        onSelect={({ currentTarget: { selectionStart: start, selectionEnd: end } }) =>
          useDrafts.setState({ cursor: { start, end } })
        }
      />
      {publicly && !isDone(detail.status) && (
        <div className="composer-after">
          <label className="inline-select">
            Then{" "}
            <select value={status} onChange={(event) => setStatus(event.target.value as typeof status)}>
              <option value="">status stays</option>
              <option value="pending">wait for the customer</option>
              <option value="open">our turn</option>
            </select>
          </label>
          <label className="inline-select">
            Next update{" "}
            <select value={hours} onChange={(event) => setHours(event.target.value)}>
              <option value="">not promised</option>
              <option value="0.5">in 30 minutes</option>
              <option value="1">in an hour</option>
              <option value="4">in 4 hours</option>
              <option value="24">in a day</option>
            </select>
          </label>
        </div>
      )}
      {waiting ? (
        <div className="composer-foot" role="status">
          <span className="tabular">Sending in {waiting.leftS} s</span>
          <button type="button" className="button" onClick={cancel}>
            Undo
          </button>
          <button type="button" className="button" data-kind="public" onClick={now}>
            Send now
          </button>
        </div>
      ) : (
        <div className="composer-foot">
          <button
            type="button"
            className="button"
            data-kind="quiet"
            onClick={() => openComposer(number, null)}
          >
            Close
          </button>
          <button
            type="submit"
            className="button"
            data-kind={publicly ? "public" : "primary"}
            disabled={!ready}
          >
            {publicly ? "Send to the customer" : "Add note"} <Keys of="form.submit" />
          </button>
        </div>
      )}
    </form>
  );
}

/** The text box takes the focus when it opens and when a citation was put in, with the cursor after it. */
function useComposerBox() {
  const box = useRef<HTMLTextAreaElement>(null);
  const wanted = useDrafts((drafts) => drafts.wantsFocus);
  useEffect(() => {
    if (!wanted) return;
    const { cursor } = useDrafts.getState();
    box.current?.focus();
    if (cursor) box.current?.setSelectionRange(cursor.start, cursor.end);
    useDrafts.setState({ wantsFocus: false });
  }, [wanted]);
  return box;
}

/** Counts down and then sends; leaving the case sends at once, because an undo nobody can reach is none. */
function useUndoableSend(send: (text: string) => void) {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const latest = useRef({ waiting, send });
  latest.current = { waiting, send };
  const active = waiting !== null;
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      const held = latest.current.waiting;
      if (!held) return;
      if (held.leftS > 1) {
        setWaiting({ ...held, leftS: held.leftS - 1 });
        return;
      }
      setWaiting(null);
      latest.current.waiting = null;
      latest.current.send(held.text);
    }, 1000);
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => {
      clearInterval(timer);
      window.removeEventListener("beforeunload", warn);
    };
  }, [active]);
  useEffect(
    () => () => {
      const { waiting: held, send: sendNow } = latest.current;
      if (held) sendNow(held.text);
    },
    [],
  );
  const now = () => {
    const held = latest.current.waiting;
    latest.current.waiting = null;
    setWaiting(null);
    if (held) latest.current.send(held.text);
  };
  return {
    waiting,
    wait: (caseNumber: string, text: string) => setWaiting({ caseNumber, text, leftS: UNDO_S }),
    cancel: () => setWaiting(null),
    now,
  };
}
