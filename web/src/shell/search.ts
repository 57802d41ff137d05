// The address as flat text: every part of the view state is one readable parameter.
// Not here: what the parameters of one screen mean (queue/queueState.ts, case/caseState.ts).

export type Search = Record<string, string | undefined>;

export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Colons, commas and slashes stay readable; the query part of an address allows them. */
export function stringifySearch(search: Record<string, unknown>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" && value !== "") pairs.set(name, value);
  }
  const text = pairs.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%2F", "/");
  return text ? `?${text}` : "";
}

/** Lists travel as `a,b`; an empty list is no parameter. */
export function listOf(text: string | undefined): string[] {
  return text ? text.split(",").filter(Boolean) : [];
}

export function textOf(list: readonly (string | number)[]): string | undefined {
  return list.length ? list.join(",") : undefined;
}

export function oneOf<T extends string>(text: string | undefined, allowed: readonly T[], otherwise: T): T {
  return allowed.find((value) => value === text) ?? otherwise;
}
