import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { evidenceQuery, findingsQuery, timelineQuery } from "../api/queries.ts";
import type { Bundle } from "../api/types.ts";
import { entryTitle } from "../case/entryTitle.ts";
import { useGoToLine } from "../case/goTo.ts";
import { useCase } from "../case/useCase.ts";
import { parseMicros } from "../time/time.ts";
import type { Marker } from "./brush.ts";

/** Everything of the case that has a time, for the lane above the bars. */
export function useMarkers(bundle: Bundle): Marker[] {
  const { detail, set } = useCase();
  const evidence = useQuery(evidenceQuery(detail.number)).data;
  const findings = useQuery(findingsQuery(bundle.id)).data;
  const entries = useQuery(timelineQuery(detail.number)).data;
  const go = useGoToLine();
  return useMemo(() => {
    const markers: Marker[] = [];
    for (const item of evidence ?? []) {
      if (!item.pinned || !item.at || item.bundle_id !== bundle.id) continue;
      markers.push({
        key: item.number,
        us: parseMicros(item.at),
        kind: "evidence",
        short: item.number,
        label: `${item.number} ${item.excerpt.slice(0, 120)}`,
        act: () => go(bundle.id, item.file, item.line),
      });
    }
    for (const finding of findings ?? []) {
      const place = finding.cites[0];
      markers.push({
        key: `finding ${finding.id}`,
        us: parseMicros(finding.at),
        kind: "finding",
        short: "◆",
        label: `Finding: ${finding.title}`,
        act: () => (place ? go(bundle.id, place.file, place.line) : set({ view: "timeline" })),
      });
    }
    for (const entry of entries ?? []) {
      markers.push({
        key: `entry ${entry.sequence}`,
        us: parseMicros(entry.at),
        kind: "entry",
        short: "●",
        label: entryTitle(entry),
        act: () => set({ view: "timeline" }),
      });
    }
    return markers;
  }, [evidence, findings, entries, bundle.id, go, set]);
}
