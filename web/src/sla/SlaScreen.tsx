// What is promised to whom, as the document it is, beside a what-if. Not here: counting and checking,
// which the server does.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "../api/client.ts";
import { policiesQuery, queryClient } from "../api/queries.ts";
import type { Clock, Policies } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { ClockTable } from "./ClockTable.tsx";

export function SlaScreen() {
  const found = useQuery(policiesQuery);
  return (
    <main id="main" className="sla-screen">
      <h1>What is promised</h1>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <>
          <PolicyForm key={found.data.version} policies={found.data} />
          <Simulator policies={found.data} />
        </>
      ) : (
        <Loading what="the policies" />
      )}
    </main>
  );
}

function said(error: unknown): string {
  if (error instanceof ApiError) return error.problem.detail || error.problem.title;
  return error instanceof SyntaxError ? `not JSON: ${error.message}` : String(error);
}

function PolicyForm({ policies }: { policies: Policies }) {
  const mayPublish = useMay("publish_policies");
  const { zone } = useZone();
  const written = JSON.stringify(policies.set, null, 2);
  const [text, setText] = useState(written);
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const publish = async () => {
    setFailure(null);
    try {
      const published = await api.publishPolicies(JSON.parse(text), reason.trim(), policies.version);
      queryClient.setQueryData(policiesQuery.queryKey, published);
      toast(`Published version ${published.version}; new cases follow it`);
    } catch (error) {
      setFailure(said(error));
    }
  };
  return (
    <section aria-labelledby="policies-title">
      <h2 id="policies-title">Policies and calendars</h2>
      <p className="muted">
        {policies.version === 0
          ? "None were published: nothing is promised, and no clock runs."
          : `Version ${policies.version}, published ${formatShort(parseMicros(policies.published_at), zone)} by ${policies.published_by?.name ?? "?"}. A case keeps the version it was opened under.`}
      </p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void publish();
        }}
      >
        <Field label="Document">
          {(id) => (
            <textarea
              id={id}
              className="input"
              spellCheck={false}
              value={text}
              readOnly={!mayPublish}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Field label="Reason">
          {(id) => (
            <input
              id={id}
              className="input"
              value={reason}
              readOnly={!mayPublish}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {failure && (
          <p className="failure" role="alert">
            {failure}
          </p>
        )}
        <footer className="form-foot">
          <button
            type="submit"
            className="button"
            data-kind="primary"
            disabled={!mayPublish || text === written}
            title={mayPublish ? undefined : "Your role may not publish policies"}
          >
            Publish the next version
          </button>
        </footer>
      </form>
    </section>
  );
}

/** A history to start from, a day long and ending now. */
function example(): string {
  const now = Date.now();
  const at = (hoursAgo: number) => `${new Date(now - hoursAgo * 3_600_000).toISOString().slice(0, 19)}Z`;
  const question = {
    case: { severity: "P2", customer: "", product: "", version: "" },
    at: at(0),
    events: [
      { t: at(24), kind: "create", status: "new" },
      { t: at(23.5), kind: "agent", status: "pending" },
      { t: at(20), kind: "customer", status: "open" },
    ],
  };
  return JSON.stringify(question, null, 2);
}

function Simulator({ policies }: { policies: Policies }) {
  const [text, setText] = useState(example);
  const [failure, setFailure] = useState<string | null>(null);
  const [clocks, setClocks] = useState<Clock[] | null>(null);
  const simulate = async () => {
    setFailure(null);
    try {
      setClocks((await api.simulateClocks({ policies: policies.set, ...JSON.parse(text) })).clocks);
    } catch (error) {
      setClocks(null);
      setFailure(said(error));
    }
  };
  return (
    <section aria-labelledby="simulator-title">
      <h2 id="simulator-title">What if?</h2>
      <p className="muted">A history, and the clocks it would have under these policies.</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void simulate();
        }}
      >
        <Field label="History">
          {(id) => (
            <textarea
              id={id}
              className="input"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {failure && (
          <p className="failure" role="alert">
            {failure}
          </p>
        )}
        <footer className="form-foot">
          <button type="submit" className="button" data-kind="primary">
            Show the clocks
          </button>
        </footer>
      </form>
      <div className="clock-tables" role="status">
        {clocks?.length === 0 && <p>Nothing is promised: no policy matches this case.</p>}
        {clocks?.map((clock) => (
          <ClockTable key={`${clock.metric} ${clock.number}`} clock={clock} />
        ))}
      </div>
    </section>
  );
}
