// The log as it is: what happened, by whom, and whether it is still what was written. Not here: any
// checking, which the server does.
import "../styles/audit.css";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { auditQuery, checkpointsQuery, queryClient } from "../api/queries.ts";
import type { AuditReport } from "../api/types.ts";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { plural } from "../time/number.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
import { AuditFilterForm, NO_FILTER } from "./AuditFilter.tsx";
import { AuditTable } from "./AuditTable.tsx";

export function AuditScreen() {
  const [filter, setFilter] = useState(NO_FILTER);
  const found = useInfiniteQuery(auditQuery(filter));
  const entries = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main id="main" className="audit-screen">
      <h1>Audit log</h1>
      <Proof />
      <section aria-labelledby="events-title">
        <h2 id="events-title">Events, newest first</h2>
        <AuditFilterForm filter={filter} onChange={setFilter} />
        {found.error ? (
          <ErrorState error={found.error} retry={() => void found.refetch()} />
        ) : found.data ? (
          <>
            <AuditTable entries={entries} />
            {found.hasNextPage && (
              <button
                type="button"
                className="button"
                disabled={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
              >
                Older events
              </button>
            )}
          </>
        ) : (
          <Loading what="the log" />
        )}
      </section>
    </main>
  );
}

/** Verify, sign, take away: each one press. */
function Proof() {
  const [report, setReport] = useState<AuditReport | null>(null);
  const verify = useSubmit(async () => {
    setReport(null);
    setReport(await api.verifyLog());
  });
  const sign = useSubmit(async () => {
    const made = await api.makeCheckpoint();
    await queryClient.invalidateQueries({ queryKey: checkpointsQuery.queryKey });
    toast(made ? `Signed checkpoint ${made.number}` : "Nothing happened since the last checkpoint");
  });
  return (
    <section className="audit-proof" aria-labelledby="proof-title">
      <h2 id="proof-title">Is it what was written?</h2>
      <p className="muted">
        Every event carries the hash of the one before it. A checkpoint signs them all; one that is kept on
        another machine shows even a log that was rewritten as a whole.
      </p>
      <div className="audit-actions">
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={verify.busy}
          onClick={() => void verify.submit()}
        >
          {verify.busy ? "Verifying…" : "Verify everything"}
        </button>
        <button type="button" className="button" disabled={sign.busy} onClick={() => void sign.submit()}>
          Sign a checkpoint
        </button>
        <a className="button" href={api.exportAddress} download>
          Export the log
        </a>
      </div>
      <Failure reason={verify.failure ?? sign.failure} />
      <div role="status">{report && <Report report={report} />}</div>
      <Checkpoints />
    </section>
  );
}

function Report({ report }: { report: AuditReport }) {
  const { events, streams, checkpoints, bundles, faults } = report;
  return (
    <>
      <p className="audit-verdict" data-tone={report.clean ? "good" : "bad"}>
        {report.clean
          ? "Everything is as it was written"
          : `${plural(faults.length, "thing")} not as written`}
        : {plural(events, "event")} in {plural(streams, "stream")}, {plural(checkpoints, "checkpoint")},{" "}
        {plural(bundles, "stored bundle")}.
      </p>
      {faults.length > 0 && (
        <ul className="audit-faults">
          {faults.map((fault) => (
            <li key={`${fault.place} ${fault.version} ${fault.what}`}>
              <code>{fault.place}</code>
              {fault.version !== null && ` version ${fault.version}`}: {fault.what}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Checkpoints() {
  const { zone } = useZone();
  const { data } = useQuery(checkpointsQuery);
  const newest = data?.at(-1);
  if (!newest) return null;
  return (
    <p className="muted">
      {plural(data?.length ?? 0, "checkpoint")}, the newest{" "}
      <a href={api.checkpointAddress(newest.number)} download>
        number {newest.number}
      </a>{" "}
      of {formatShort(parseMicros(newest.made_at), zone)}, signed with <code>{newest.public_key}</code>
    </p>
  );
}
