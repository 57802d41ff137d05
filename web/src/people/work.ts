// Who is there, in words.
import type { PersonAtWork } from "../api/types.ts";
import { formatShort, parseMicros } from "../time/time.ts";

export type Presence = "works" | "away" | "off" | "unknown" | "removed";

export function presence(person: PersonAtWork): Presence {
  if (person.removed) return "removed";
  if (person.absence) return "away";
  if (person.works === null) return "unknown";
  return person.works ? "works" : "off";
}

const KINDS: Record<string, string> = {
  leave: "on leave",
  sick: "sick",
  training: "in training",
  duty: "on other duty",
  other: "away",
};

export function absenceText(kind: string): string {
  return KINDS[kind] ?? kind;
}

/** `works now`, `on leave until …`, `back …`. */
export function presenceText(person: PersonAtWork, zone: string): string {
  const at = (text: string) => formatShort(parseMicros(text), zone);
  switch (presence(person)) {
    case "removed":
      return "removed";
    case "away":
      return `${absenceText(person.absence?.kind ?? "other")} until ${at(person.absence?.to ?? "")}`;
    case "works":
      return "works now";
    case "off":
      return person.next_work_at ? `back ${at(person.next_work_at)}` : "not working";
    default:
      return "hours unknown";
  }
}

/** `18:41` where they are; nothing where nobody knows. */
export function localTime(zone: string | undefined, nowMs: number): string {
  if (!zone) return "";
  try {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    return `${format.format(nowMs)} ${zone.split("/").at(-1)?.replaceAll("_", " ")}`;
  } catch {
    return zone;
  }
}

const ORDER: Record<Presence, number> = { works: 0, unknown: 1, off: 2, away: 3, removed: 4 };

/** Who could take it: those who are there, then who knows the area, then who carries least. */
export function byReadiness(a: PersonAtWork, b: PersonAtWork): number {
  return (
    ORDER[presence(a)] - ORDER[presence(b)] ||
    b.fit - a.fit ||
    a.weight - b.weight ||
    a.person.name.localeCompare(b.person.name)
  );
}
