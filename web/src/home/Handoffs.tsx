// Hand-offs on Home: what waits for me, what nobody took, and what I gave.
import { Link } from "@tanstack/react-router";
import type { Handoff, HandoffSent, Home } from "../api/types.ts";
import { PacketView } from "../handoff/PacketView.tsx";
import type { Saying } from "../handoff/SayDialog.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { SeverityMark } from "../ui/SeverityMark.tsx";

type Which = { number: string; handoff: string };
type Say = (decision: Saying["decision"], it: Which) => void;

interface InboxProps {
  home: Home;
  current: string | null;
  may: boolean;
  onChoose: (id: string) => void;
  onAccept: (it: Which) => void;
  onSay: Say;
}

export function Inbox({ home, current, may, onChoose, onAccept, onSay }: InboxProps) {
  const waiting = home.inbox.filter(({ cases }) => cases.some(({ state }) => state === "waiting"));
  if (waiting.length === 0 && home.late.length === 0) return null;
  return (
    <section className="home-section" aria-labelledby="inbox-title">
      <h2 className="column-title" id="inbox-title">
        Handed to me
      </h2>
      {home.late.map((handoff) => (
        <p key={handoff.id} className="home-late" role="status">
          Nobody took{" "}
          {handoff.cases
            .filter(({ state }) => state === "waiting")
            .map(({ number }) => number)
            .join(", ")}{" "}
          from {handoff.giver.name} to {handoff.receiver} in time. Call the receiver, or assign it.
        </p>
      ))}
      {waiting.map((handoff) => (
        <article key={handoff.id} className="handoff">
          <Heading handoff={handoff} text={`from ${handoff.giver.name} to ${handoff.receiver}`} />
          {handoff.note && <p className="packet-note">{handoff.note}</p>}
          {handoff.cases
            .filter(({ state }) => state === "waiting")
            .map((item) => {
              const id = `in-${item.number}`;
              const it = { number: item.number, handoff: handoff.id };
              return (
                <div
                  key={id}
                  id={id}
                  className="home-row handoff-case"
                  data-current={current === id || undefined}
                >
                  <button
                    type="button"
                    className="row-link"
                    aria-expanded={current === id}
                    onClick={() => onChoose(id)}
                  >
                    <SeverityMark severity={item.severity} /> {item.number} {item.subject}
                    {item.changed.length > 0 && <span className="tag">changed meanwhile</span>}
                  </button>
                  {current === id && (
                    <>
                      <PacketView item={item} />
                      <div className="button-row">
                        <Act
                          label={`Accept ${item.number}`}
                          keys="a"
                          may={may}
                          run={() => onAccept(it)}
                          primary
                        />
                        <Act
                          label={`Ask about ${item.number}`}
                          keys="i"
                          may={may}
                          run={() => onSay("ask", it)}
                        />
                        <Act
                          label={`Refuse ${item.number}`}
                          keys="X"
                          may={may}
                          run={() => onSay("refuse", it)}
                        />
                      </div>
                    </>
                  )}
                </div>
              );
            })}
        </article>
      ))}
    </section>
  );
}

interface ActProps {
  label: string;
  keys: string;
  may: boolean;
  run: () => void;
  primary?: boolean;
}

function Act({ label, keys, may, run, primary }: ActProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={primary ? "primary" : undefined}
      disabled={!may}
      title={may ? label : "Your role may not take cases"}
      onClick={run}
    >
      {label} <kbd>{keys}</kbd>
    </button>
  );
}

function Heading({ handoff, text }: { handoff: Handoff; text: string }) {
  const { zone } = useZone();
  const at = (moment: string) => formatShort(parseMicros(moment), zone);
  return (
    <header className="handoff-head">
      <h3>Hand-off {text}</h3>
      <span className="muted">
        {at(handoff.sent_at)} · {handoff.complete ? "complete" : "some parts read “none”"} ·{" "}
        <a href={`/api/v1/handoffs/${handoff.id}/packet.md`}>Markdown</a> ·{" "}
        <a href={`/api/v1/handoffs/${handoff.id}/packet.html`}>HTML</a>
      </span>
    </header>
  );
}

const STATES: Record<HandoffSent["state"], string> = {
  waiting: "waits, and is yours",
  accepted: "accepted",
  refused: "refused",
  replaced: "in a newer packet",
  void: "went elsewhere",
};

interface SentProps {
  home: Home;
  current: string | null;
  onChoose: (id: string) => void;
  onSay: Say;
}

const SENT_SHOWN = 3;

export function Sent({ home, current, onChoose, onSay }: SentProps) {
  if (home.sent.length === 0) return null;
  return (
    <section className="home-section" aria-labelledby="sent-title">
      <h2 className="column-title" id="sent-title">
        Handed off by me
      </h2>
      {home.sent.slice(0, SENT_SHOWN).map((handoff) => (
        <article key={handoff.id} className="handoff">
          <Heading handoff={handoff} text={`to ${handoff.receiver}`} />
          <ul>
            {handoff.cases.map((item) => {
              const open = item.asked.find(({ answer }) => answer === null);
              const id = open && item.state === "waiting" ? `asked-${item.number}` : undefined;
              return (
                <li
                  key={item.number}
                  id={id}
                  className="home-row"
                  data-current={(id !== undefined && current === id) || undefined}
                >
                  <Link to="/cases/$number" params={{ number: item.number }}>
                    {item.number}
                  </Link>{" "}
                  <span className="tag" data-tone={item.state === "accepted" ? "done" : undefined}>
                    {STATES[item.state]}
                  </span>{" "}
                  {item.decided_by && item.state !== "waiting" && `by ${item.decided_by.name}`}
                  {item.reason && `: ${item.reason}`}
                  {id && open && (
                    <p className="packet-asked">
                      <b>{open.asked_by.name} asks:</b> {open.question}{" "}
                      <button
                        type="button"
                        className="button"
                        onClick={() => {
                          onChoose(id);
                          onSay("answer", { number: item.number, handoff: handoff.id });
                        }}
                      >
                        Answer about {item.number} <kbd>r</kbd>
                      </button>
                    </p>
                  )}
                </li>
              );
            })}
          </ul>
        </article>
      ))}
    </section>
  );
}
