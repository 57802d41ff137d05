import { COMMANDS } from "../keys/catalog.ts";
import { caps } from "../keys/pattern.ts";

/** The key of a command, read from the catalog so that it is never out of date. */
export function Keys({ of }: { of: string }) {
  const key = COMMANDS.get(of)?.keys[0];
  if (!key) return null;
  return (
    <span className="keys" aria-hidden="true">
      {caps(key).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
