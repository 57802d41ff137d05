import type { Bundle } from "../api/types.ts";

/** The good bundle somebody chose, once it can be read. */
export function referenceOf(bundle: Bundle, all: readonly Bundle[]): Bundle | null {
  const found = all.find(({ id }) => id === bundle.reference);
  return found?.state === "ready" ? found : null;
}
