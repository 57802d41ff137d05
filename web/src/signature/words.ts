// A signature in words.
import type { SignatureMatch } from "../api/types.ts";
import { plural } from "../time/number.ts";

const SORTS: Record<string, string> = {
  code: "code",
  pattern: "known cause",
  kind: "kind of trouble:",
  shape: "shape:",
};

/** `message T… ` is what it says; a change reads as what changed. */
export function featureText(feature: string, words: string): string {
  if (words) return words;
  const [sort = "", ...rest] = feature.split(" ");
  if (sort === "change") {
    const [kind = "", ...name] = rest;
    return `${kind.replaceAll("_", " ")} of ${name.join(" ")}`;
  }
  return `${SORTS[sort] ?? sort} ${rest.join(" ").replaceAll("_", " ")}`;
}

type Trusted = Pick<
  SignatureMatch,
  "false_match" | "other_cases" | "other_cases_fitting" | "other_cases_min"
>;

/** The estimate with what it is made of, or why there is none. */
export function trustText(match: Trusted): string {
  const { false_match, other_cases, other_cases_fitting, other_cases_min } = match;
  const of = `${other_cases_fitting} of ${plural(other_cases, "other case")} would match as well`;
  if (false_match == null)
    return `${of}: too few cases to say how often that happens; ${other_cases_min} are needed`;
  return `A case without this trouble matches in ${percent(false_match)} (${of})`;
}

export function precisionText({ confirmed, answered }: { confirmed: number; answered: number }): string {
  return answered === 0
    ? "Nobody has answered a match yet"
    : `${confirmed} of ${plural(answered, "answer")} confirmed it`;
}

function percent(share: number): string {
  return share < 0.1 ? `${(share * 100).toFixed(1)} %` : `${Math.round(share * 100)} %`;
}
