// A case of a packet as it was sent.
import type { HandoffSent } from "../api/types.ts";
import { PARTS } from "./parts.ts";

export function PacketView({ item }: { item: HandoffSent }) {
  return (
    <div className="packet-view">
      {item.changed.length > 0 && (
        <p className="packet-changed">
          <b>Changed since it was sent:</b> {item.changed.join("; ")}
        </p>
      )}
      <dl>
        {PARTS.map(({ name, title }) => (
          <div key={name} data-none={item.parts[name] === "none" || undefined}>
            <dt>{title}</dt>
            <dd>{item.parts[name]}</dd>
          </div>
        ))}
        <div>
          <dt>Since the last packet</dt>
          <dd>{item.difference.length ? item.difference.join("\n") : "none"}</dd>
        </div>
      </dl>
      {item.asked.map((asked) => (
        <p key={asked.number} className="packet-asked">
          <b>{asked.asked_by.name} asks:</b> {asked.question}
          <br />
          {asked.answered_by ? (
            <>
              <b>{asked.answered_by.name}:</b> {asked.answer}
            </>
          ) : (
            <span className="muted">not answered yet</span>
          )}
        </p>
      ))}
    </div>
  );
}
