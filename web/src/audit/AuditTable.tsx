import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { auditEventQuery } from "../api/queries.ts";
import type { AuditEntry } from "../api/types.ts";
import { useZone } from "../shell/zone.ts";
import { formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { zone } = useZone();
  const [open, setOpen] = useState<number | null>(null);
  const newest = entries[0];
  if (!newest) return <EmptyState title="No event passes this filter" level="h3" />;
  return (
    <>
      <table className="audit-table">
        <thead>
          <tr>
            <th scope="col">When ({zoneLabel(zone, parseMicros(newest.at))})</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">By</th>
            <th scope="col">About</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq}>
              <td className="tabular">{formatStamp(parseMicros(entry.at), zone, "s")}</td>
              <td>
                <button type="button" className="link" onClick={() => setOpen(entry.seq)}>
                  {entry.kind}
                </button>
              </td>
              <td title={entry.actor.login}>{entry.actor.name}</td>
              <td>{entry.origin}</td>
              <td>
                <About entry={entry} />
              </td>
              <td>
                <code title={entry.hash}>{entry.hash.slice(0, 12)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Dialog title="Event" open={open !== null} onClose={() => setOpen(null)} wide>
        {open !== null && <EventText seq={open} />}
      </Dialog>
    </>
  );
}

function About({ entry }: { entry: AuditEntry }) {
  const place = `version ${entry.version} of ${entry.stream}`;
  if (!entry.case_number) return <span title={place}>{entry.stream}</span>;
  return (
    <Link to="/cases/$number" params={{ number: entry.case_number }} title={place}>
      {entry.case_number}
    </Link>
  );
}

function EventText({ seq }: { seq: number }) {
  const found = useQuery(auditEventQuery(seq));
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the event" />;
  const { body, prev_hash, hash, kind, stream, version, correlation, recorded_at } = found.data;
  return (
    <div className="audit-event">
      <dl className="facts">
        <dt>Kind</dt>
        <dd>{kind}</dd>
        <dt>Place</dt>
        <dd>
          version {version} of {stream}
        </dd>
        <dt>Recorded</dt>
        <dd className="tabular">{recorded_at}</dd>
        <dt>Request</dt>
        <dd>{correlation}</dd>
        <dt>Hash</dt>
        <dd>
          <code>{hash}</code>
        </dd>
        <dt>Continues</dt>
        <dd>
          <code>{prev_hash}</code>
        </dd>
      </dl>
      <pre>{body === null ? "Its text was erased; the hash of it still holds." : pretty(body)}</pre>
    </div>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
