// What is promised to whom, as the document it is, beside a what-if. Not here: counting and checking,
// which the server does.
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api, reasonOf } from "../api/client.ts";
import { policiesQuery, queryClient } from "../api/queries.ts";
import type { Clock, Policies } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { Field } from "../ui/Field.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { Failure, useSubmit } from "../ui/submit.tsx";
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

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${reasonOf(error)}`);
  }
}

interface DocumentFormProps {
  submitLabel: string;
  disabled?: boolean;
  title?: string;
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
}

function DocumentForm({ submitLabel, disabled, title, onSubmit, children }: DocumentFormProps) {
  const { busy, failure, submit } = useSubmit(onSubmit);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      <Failure reason={failure} />
      <footer className="form-foot">
        <button
          type="submit"
          className="button"
          data-kind="primary"
          disabled={disabled || busy}
          title={title}
        >
          {submitLabel}
        </button>
      </footer>
    </form>
  );
}

function PolicyForm({ policies }: { policies: Policies }) {
  const mayPublish = useMay("publish_policies");
  const { zone } = useZone();
  const written = JSON.stringify(policies.set, null, 2);
  const [text, setText] = useState(written);
  const [reason, setReason] = useState("");
  const publish = async () => {
    const published = await api.publishPolicies(parsed(text), reason.trim(), policies.version);
    queryClient.setQueryData(policiesQuery.queryKey, published);
    toast(`Published version ${published.version}; new cases follow it`);
  };
  return (
    <section aria-labelledby="policies-title">
      <h2 id="policies-title">Policies and calendars</h2>
      <p className="muted">
        {policies.version === 0
          ? "None were published: nothing is promised, and no clock runs."
          : `Version ${policies.version}, published ${formatShort(parseMicros(policies.published_at), zone)} by ${policies.published_by?.name ?? "?"}. A case keeps the version it was opened under.`}
      </p>
      <DocumentForm
        submitLabel="Publish the next version"
        disabled={!mayPublish || text === written}
        title={mayPublish ? undefined : "Your role may not publish policies"}
        onSubmit={publish}
      >
        <Field
          label="Document"
          spellCheck={false}
          value={text}
          readOnly={!mayPublish}
          onChange={setText}
          rows={12}
        />
        <Field label="Reason" value={reason} readOnly={!mayPublish} onChange={setReason} />
      </DocumentForm>
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
  const [clocks, setClocks] = useState<Clock[] | null>(null);
  const simulate = async () => {
    setClocks(null);
    setClocks((await api.simulateClocks({ policies: policies.set, ...parsed(text) })).clocks);
  };
  return (
    <section aria-labelledby="simulator-title">
      <h2 id="simulator-title">What if?</h2>
      <p className="muted">A history, and the clocks it would have under these policies.</p>
      <DocumentForm submitLabel="Show the clocks" onSubmit={simulate}>
        <Field label="History" spellCheck={false} value={text} onChange={setText} rows={12} />
      </DocumentForm>
      <div className="clock-tables" role="status">
        {clocks?.length === 0 && <p>Nothing is promised: no policy matches this case.</p>}
        {clocks?.map((clock) => (
          <ClockTable key={`${clock.metric} ${clock.number}`} clock={clock} />
        ))}
      </div>
    </section>
  );
}
