// What is promised to whom, as the document it is, beside a what-if. Not here: counting and checking,
// which the server does.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { policiesQuery, queryClient } from "../api/queries.ts";
import type { Clock, Policies } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { DocumentForm, parsed } from "../ui/DocumentForm.tsx";
import { Field } from "../ui/Field.tsx";
import { PublishForm } from "../ui/PublishForm.tsx";
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

function PolicyForm({ policies }: { policies: Policies }) {
  const mayPublish = useMay("publish_policies");
  const publish = async (set: unknown, reason: string) => {
    const published = await api.publishPolicies(set, reason, policies.version);
    queryClient.setQueryData(policiesQuery.queryKey, published);
    toast(`Published version ${published.version}; new cases follow it`);
  };
  return (
    <PublishForm
      id="policies-title"
      title="Policies and calendars"
      published={policies}
      none="None were published: nothing is promised, and no clock runs."
      keeps="A case keeps the version it was opened under."
      may={mayPublish}
      why="Your role may not publish policies"
      onPublish={publish}
    />
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
