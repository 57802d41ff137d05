// Times as microseconds since the epoch (a number holds them exactly until the year 2255).
// Not here: business time and due times, the server computes those.

export const UTC = "UTC";
const MINUTE_MS = 60_000;
const DAY_US = 86_400_000_000;

/** `2026-03-01T09:41:07.118402Z` to microseconds; NaN for anything else. */
export function parseMicros(text: string | null | undefined): number {
  if (!text) return Number.NaN;
  const match = /^(.{19})(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return Number.NaN;
  const seconds = Date.parse(`${match[1]}${match[3]}`);
  return seconds * 1000 + Number((match[2] ?? "").padEnd(6, "0"));
}

/** Microseconds to the form the contract uses: `Z`, six digits. */
export function toRfc3339(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  const fraction = Math.round(us - seconds * 1_000_000);
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(fraction).padStart(6, "0")}Z`;
}

export function myZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || UTC;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The zone after this one: UTC, the zone a pasted link named, mine. */
export function nextZone(current: string, linked: string | null, mine: string): string {
  const cycle = [...new Set([UTC, linked ?? UTC, mine])];
  return cycle[(cycle.indexOf(current) + 1) % cycle.length] ?? UTC;
}

const offsetFormats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Minutes east of UTC; cached per quarter of an hour, because Intl is slow and offsets change rarely. */
export function offsetMinutes(zone: string, ms: number): number {
  if (zone === UTC) return 0;
  const key = `${zone} ${Math.floor(ms / (15 * MINUTE_MS))}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let format = offsetFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    offsetFormats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!);
  const minutes = Math.round((local - Math.floor(ms / MINUTE_MS) * MINUTE_MS) / MINUTE_MS);
  if (offsets.size > 4000) offsets.clear();
  offsets.set(key, minutes);
  return minutes;
}

/** `UTC`, `CET` or `GMT+5:30`: the name printed beside every clock. */
export function zoneLabel(zone: string, us: number): string {
  if (zone === UTC) return UTC;
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" }).formatToParts(
    us / 1000,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

function inZone(us: number, zone: string): string {
  const ms = Math.floor(us / 1000);
  const shifted = us + offsetMinutes(zone, ms) * 60_000_000;
  return toRfc3339(shifted);
}

export type Digits = "m" | "s" | "ms" | "us";
const TIME_END: Record<Digits, number> = { m: 16, s: 19, ms: 23, us: 26 };

/** `09:41:07.118` on the 24-hour clock of the zone. */
export function formatClock(us: number, zone: string, digits: Digits): string {
  return Number.isNaN(us) ? "" : inZone(us, zone).slice(11, TIME_END[digits]);
}

/** `2026-03-01` in the zone. */
export function formatDay(us: number, zone: string): string {
  return Number.isNaN(us) ? "" : inZone(us, zone).slice(0, 10);
}

/** `2026-03-01 09:41:07.118` in the zone. */
export function formatStamp(us: number, zone: string, digits: Digits): string {
  return Number.isNaN(us) ? "" : inZone(us, zone).slice(0, TIME_END[digits]).replace("T", " ");
}

/** `1 Mar, 09:41`, for lists that people read rather than compare. */
export function formatShort(us: number, zone: string): string {
  if (Number.isNaN(us)) return "";
  const date = new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "short" });
  return `${date.format(us / 1000)}, ${formatClock(us, zone, "m")}`;
}

/** `12 m`, `3 h`, `2 d`: how long ago, coarse on purpose. */
export function formatAge(fromUs: number, nowUs: number): string {
  const minutes = Math.max(0, Math.floor((nowUs - fromUs) / 60_000_000));
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} m`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} d`;
}

/** `38.2 s`, `16 m 38 s`, `2 h 05 m`: the length of a span of time. */
export function formatLength(us: number): string {
  if (us < 1000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${Math.round(us / 1000)} ms`;
  const seconds = us / 1_000_000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (seconds < 3600) return twoParts(minutes, "m", Math.floor(seconds % 60), "s");
  if (us < 2 * DAY_US) return twoParts(Math.floor(minutes / 60), "h", minutes % 60, "m");
  return twoParts(Math.floor(us / DAY_US), "d", Math.floor((minutes % 1440) / 60), "h");
}

function twoParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0
    ? `${large} ${largeUnit}`
    : `${large} ${largeUnit} ${String(small).padStart(2, "0")} ${smallUnit}`;
}

/** What a person typed into a time box, in the zone; the day comes from `nearUs` when it is left out. */
export function parseTyped(text: string, zone: string, nearUs: number): number {
  const match = /^\s*(?:(\d{4})-(\d\d)-(\d\d)[T ]+)?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?\s*$/.exec(
    text,
  );
  if (!match) return Number.NaN;
  const day = match[1] ? `${match[1]}-${match[2]}-${match[3]}` : formatDay(nearUs, zone);
  const [, , , , hour, minute, second, fraction] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return Number.NaN;
  const wall = parseMicros(
    `${day}T${hour!.padStart(2, "0")}:${minute}:${second ?? "00"}.${(fraction ?? "").padEnd(6, "0")}Z`,
  );
  const first = wall - offsetMinutes(zone, wall / 1000) * 60_000_000;
  // A second pass settles the hours around a change of the clocks.
  return wall - offsetMinutes(zone, first / 1000) * 60_000_000;
}
