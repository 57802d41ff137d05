// Names of sources and files for narrow places. The start of such names is what they share (a root folder,
// a deployment), so cutting their end makes them all look alike. The full name always goes into a title.

/** A pod's ReplicaSet hash, followed by the five letters that really tell pods apart. */
const REPLICA_SET_HASH = /-(?=[a-z0-9]*\d)[a-z0-9]{8,10}-(?=[a-z0-9]{5}(?![a-z0-9]))/g;
const UUID = /_?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const clean = (text: string) => text.replace(UUID, "").replace(REPLICA_SET_HASH, "…");

export function middleCut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const tail = Math.ceil((maxChars - 1) / 2);
  return `${text.slice(0, maxChars - 1 - tail)}…${text.slice(-tail)}`;
}

/** The fewest folders before the file name that no other path of the list shares. */
function ownTail(parts: readonly string[], tails: ReadonlyMap<string, number>): string[] {
  for (let count = 1; count < parts.length; count += 1) {
    const tail = parts.slice(-count);
    if (tails.get(tail.join("/")) === 1) return tail;
  }
  return [...parts];
}

function shorten(name: string, tails: ReadonlyMap<string, number>, maxChars: number): string {
  const parts = name.split("/");
  const own = ownTail(parts, tails);
  if (own.length === 1 && parts.length > 1) {
    // One folder more says where a `messages` or a `0.log` is from, when there is room.
    const wider = clean(parts.slice(-2).join("/"));
    if (wider.length <= maxChars) return wider;
  }
  const text = clean(own.join("/"));
  if (text.length <= maxChars || own.length < 2) return middleCut(text, maxChars);
  // The first folder of the tail is the one that differs from the others.
  const first = clean(own[0]!);
  return `${middleCut(first, maxChars - 2)}/…`;
}

/** A short name for each full one; two never share one. */
export function shortNames(names: readonly string[], maxChars: number): Map<string, string> {
  const tails = new Map<string, number>();
  for (const name of new Set(names)) {
    const parts = name.split("/");
    for (let count = 1; count <= parts.length; count += 1) {
      const tail = parts.slice(-count).join("/");
      tails.set(tail, (tails.get(tail) ?? 0) + 1);
    }
  }
  const short = new Map([...new Set(names)].map((name) => [name, shorten(name, tails, maxChars)]));
  const uses = new Map<string, number>();
  for (const text of short.values()) uses.set(text, (uses.get(text) ?? 0) + 1);
  for (const [name, text] of short) {
    if (uses.get(text)! > 1) short.set(name, name);
  }
  return short;
}
