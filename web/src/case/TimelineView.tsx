// Everything of the case in order of time, in two lanes: what the evidence shows and what the desk did.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { evidenceQuery, findingsQuery, timelineQuery } from "../api/queries.ts";
import { useZone } from "../shell/zone.ts";
import { formatClock, zoneLabel } from "../time/time.ts";
import { ErrorState, Loading } from "../ui/states.tsx";
import { useGoToLine } from "./goTo.ts";
import { type Lane, type Moment, momentsOf, withDays } from "./moments.tsx";
import { useCase } from "./useCase.ts";

const LANES: { id: Lane; name: string }[] = [
  { id: "evidence", name: "Evidence" },
  { id: "finding", name: "Findings" },
  { id: "note", name: "Notes" },
  { id: "change", name: "Changes" },
];

export function TimelineView() {
  const { detail, bundle } = useCase();
  const { zone } = useZone();
  const entries = useQuery(timelineQuery(detail.number));
  const evidence = useQuery(evidenceQuery(detail.number)).data ?? [];
  const ready = bundle?.state === "ready";
  const findings = useQuery({ ...findingsQuery(bundle?.id ?? ""), enabled: ready }).data ?? [];
  const [off, setOff] = useState<ReadonlySet<Lane>>(new Set());
  if (entries.error) return <ErrorState error={entries.error} retry={() => void entries.refetch()} />;
  if (!entries.data) return <Loading what="the timeline" />;
  const all = momentsOf(entries.data, evidence, ready ? findings : [], detail.bundle_list);
  const shown = all.filter(({ lane }) => !off.has(lane));
  const toggle = (lane: Lane) =>
    setOff((old) => {
      const next = new Set(old);
      if (!next.delete(lane)) next.add(lane);
      return next;
    });
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="bar" role="toolbar" aria-label="What the timeline shows">
        {LANES.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className="chip"
            aria-pressed={!off.has(id)}
            onClick={() => toggle(id)}
          >
            {name} <span className="tabular">{all.filter(({ lane }) => lane === id).length}</span>
          </button>
        ))}
        <span className="bar-space" />
        <span className="muted">Times in {zoneLabel(zone, shown[0]?.us ?? Date.now() * 1000)}</span>
      </div>
      <div className="timeline-scroll" tabIndex={0} role="region" aria-label="Entries">
        <ol>
          {withDays(shown, zone).map(({ moment, day }) => (
            <MomentRow key={moment.key} moment={moment} day={day} zone={zone} />
          ))}
        </ol>
      </div>
    </section>
  );
}

function MomentRow({ moment, day, zone }: { moment: Moment; day: string | null; zone: string }) {
  const go = useGoToLine();
  const { place } = moment;
  return (
    <>
      {day && (
        <li className="timeline-day">
          <h3>{day}</h3>
        </li>
      )}
      <li
        className="moment"
        data-lane={moment.lane}
        data-audience={moment.audience ?? undefined}
        data-severity={moment.severity}
      >
        <time className="tabular">{formatClock(moment.us, zone, place ? "ms" : "s")}</time>
        <span className="moment-dot" aria-hidden="true" />
        <div className="moment-body">
          <p>
            <b>{moment.who}</b> {moment.what}
            {moment.audience === "public" && <span className="note-audience">Customer sees this</span>}
          </p>
          {moment.html ?? null}
          {moment.mono && place && (
            <button
              type="button"
              className="evidence-text mono"
              title="Go to the line"
              onClick={() => go(place.bundle, place.file, place.line)}
            >
              {moment.mono}
            </button>
          )}
        </div>
      </li>
    </>
  );
}
