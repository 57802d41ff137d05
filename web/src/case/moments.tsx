import type { ReactNode } from "react";
import type { Audience, Bundle, Evidence, Finding, TimelineEntry } from "../api/types.ts";
import { formatDay, parseMicros } from "../time/time.ts";
import { Clamp } from "../ui/Clamp.tsx";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { EvidenceMessage } from "./EvidenceMessage.tsx";
import { entryTitle } from "./entryTitle.ts";

export type Lane = "evidence" | "finding" | "note" | "change";

/** One thing at one time, whatever it came from. */
export interface Moment {
  key: string;
  us: number;
  lane: Lane;
  who: string;
  what: string;
  audience: Audience | null;
  severity?: Finding["severity"];
  html?: ReactNode;
  mono?: ReactNode;
  place?: { bundle: string | null; file: number; line: number };
}

export function momentsOf(
  entries: readonly TimelineEntry[],
  evidence: readonly Evidence[],
  findings: readonly Finding[],
  bundles: readonly Bundle[],
): Moment[] {
  const moments = [
    ...entries.map((entry) => ofEntry(entry, bundles)),
    ...evidence.filter(({ pinned, at }) => pinned && at).map(ofEvidence),
    ...findings.filter(({ at }) => at).map(ofFinding),
  ];
  return moments.sort((a, b) => a.us - b.us);
}

function ofEntry(entry: TimelineEntry, bundles: readonly Bundle[]): Moment {
  const bundle = bundles.find(({ id }) => id === entry.bundle);
  const title = entryTitle(bundle && !entry.title ? { ...entry, title: bundle.name } : entry);
  return {
    key: `entry ${entry.sequence}`,
    us: parseMicros(entry.at),
    lane: entry.kind === "noted" || entry.kind === "customer_wrote" ? "note" : "change",
    who: entry.actor.name,
    what: title,
    audience: entry.audience,
    html: entry.html ? <ServerHtml html={entry.html} /> : entry.text ? <p>{entry.text}</p> : undefined,
  };
}

function ofEvidence(item: Evidence): Moment {
  return {
    key: `evidence ${item.number}`,
    us: parseMicros(item.at),
    lane: "evidence",
    who: item.number,
    what: item.source,
    audience: null,
    mono: <EvidenceMessage item={item} />,
    place: { bundle: item.bundle_id, file: item.file, line: item.line },
  };
}

function ofFinding(finding: Finding): Moment {
  const place = finding.cites[0];
  return {
    key: `finding ${finding.id}`,
    us: parseMicros(finding.at),
    lane: "finding",
    who: finding.title,
    what: "",
    audience: null,
    severity: finding.severity,
    html: finding.detail ? <Clamp text={finding.detail} className="muted" /> : undefined,
    mono: place && `${place.path}:${place.line}`,
    place: place && { bundle: null, file: place.file, line: place.line },
  };
}

/** Marks the first moment of each day with the day. */
export function withDays(moments: readonly Moment[], zone: string): { moment: Moment; day: string | null }[] {
  let last = "";
  return moments.map((moment) => {
    const day = formatDay(moment.us, zone);
    const changed = day !== last;
    last = day;
    return { moment, day: changed ? day : null };
  });
}
