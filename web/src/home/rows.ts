// What the cursor of Home walks over: what waits for me, what is due, what I was asked.
import type { Home } from "../api/types.ts";

export interface Row {
  id: string;
  kind: "inbox" | "due" | "asked";
  number: string;
  /** The packet, where there is one. */
  handoff: string;
}

export function rowsOf(home: Home): Row[] {
  const inbox = home.inbox.flatMap(({ id, cases }) =>
    cases
      .filter(({ state }) => state === "waiting")
      .map(({ number }): Row => ({ id: `in-${number}`, kind: "inbox", number, handoff: id })),
  );
  const due = home.due.map(({ number }): Row => ({ id: `due-${number}`, kind: "due", number, handoff: "" }));
  const asked = home.sent.flatMap(({ id, cases }) =>
    cases
      .filter(({ state, asked: all }) => state === "waiting" && all.some(({ answer }) => answer === null))
      .map(({ number }): Row => ({ id: `asked-${number}`, kind: "asked", number, handoff: id })),
  );
  return [...inbox, ...due, ...asked];
}
