// What is hidden in a line: each placeholder once, what it stands for, and who may look behind it.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { bundleRedactionQuery } from "../api/queries.ts";
import type { Bundle, BundleRedaction } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { type Placeholder, placeholders, whatIs } from "./pseudonym.ts";
import { RevealDialog } from "./RevealDialog.tsx";

/** Rows for a list of facts; nothing where nothing is hidden. */
export function HiddenFacts({ bundle, text }: { bundle: Bundle; text: string }) {
  const found = placeholders(text);
  if (found.length === 0) return null;
  return (
    <>
      <dt>Hidden</dt>
      <dd>
        <HiddenList bundle={bundle} found={found} />
      </dd>
    </>
  );
}

function HiddenList({ bundle, found }: { bundle: Bundle; found: Placeholder[] }) {
  const mayReveal = useMay("reveal_identity");
  const redaction = useQuery(bundleRedactionQuery(bundle.id)).data;
  const [shown, setShown] = useState<Placeholder | null>(null);
  // The same function each time: the dialog's minute must not begin anew.
  const hide = useCallback(() => setShown(null), []);
  return (
    <>
      <ul className="hidden-list">
        {found.map((one) => (
          <li key={one.text}>
            <code className="placeholder" data-kind={one.kind}>
              {one.text}
            </code>{" "}
            <span className="muted">{hint(one, redaction)}</span>{" "}
            {mayReveal && one.leadsBack && canReveal(redaction) && (
              <button type="button" className="link" onClick={() => setShown(one)}>
                Reveal…
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown && <RevealDialog bundle={bundle} of={shown} onClose={hide} />}
    </>
  );
}

function canReveal(redaction: BundleRedaction | undefined): boolean {
  return redaction !== undefined && redaction.identities !== null && redaction.has_key;
}

/** `a user name; who may reveal: senior, security` */
function hint({ kind, leadsBack }: Placeholder, redaction: BundleRedaction | undefined): string {
  const what = whatIs(kind);
  if (!leadsBack) return `${what}; nothing leads back from it`;
  if (!redaction) return what;
  if (redaction.identities === null)
    return `${what}; no way back: the desk had no reveal key when the bundle was read`;
  if (!redaction.has_key) return `${what}; no way back: the desk has no reveal key now`;
  return `${what}; who may reveal: ${redaction.may_reveal.join(", ")}`;
}
