// What intake has to hold, as the document it is, and how often it comes back.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../api/client.ts";
import { checklistsQuery, queryClient, returnRatesQuery } from "../api/queries.ts";
import type { Checklists, ReturnRate } from "../api/types.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { PublishForm } from "../ui/PublishForm.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { returnReason } from "./reasons.ts";

export function IntakeScreen() {
  const found = useQuery(checklistsQuery);
  useEffect(() => {
    document.title = "Intake · Mainstay";
  }, []);
  return (
    <main id="main" className="sla-screen">
      <h1>Intake</h1>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <>
          <Checklist key={found.data.version} checklists={found.data} />
          <Rates />
        </>
      ) : (
        <Loading what="the checklists" />
      )}
    </main>
  );
}

function Checklist({ checklists }: { checklists: Checklists }) {
  const mayPublish = useMay("publish_checklists");
  const publish = async (set: unknown, reason: string) => {
    const published = await api.publishChecklists(set, reason, checklists.version);
    queryClient.setQueryData(checklistsQuery.queryKey, published);
    toast(`Published version ${published.version}; what is reported from now on follows it`);
  };
  return (
    <PublishForm
      id="checklists-title"
      title="Checklists"
      published={checklists}
      none="None were published: the built-in checklist of ten items holds for every case."
      keeps="A case that none of them matches gets the built-in one."
      may={mayPublish}
      why="Your role may not publish checklists"
      onPublish={publish}
    />
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function Rates() {
  const found = useQuery(returnRatesQuery);
  const all = useMay("read_return_rates");
  return (
    <section aria-labelledby="rates-title">
      <h2 id="rates-title">{all ? "How often it comes back" : "How often mine comes back"}</h2>
      <p className="muted">
        Of 90 days, with the 95 % interval. It is there to improve the checklist, not to rank people; below
        five decisions nothing is said.
      </p>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p>Nothing was decided yet.</p>}
      {found.data && found.data.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col">Decided</th>
              <th scope="col">Returned</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {found.data.map((rate) => (
              <tr key={rate.team}>
                <td>{rate.team || "no team named"}</td>
                <td className="tabular">{rate.accepted + rate.returned}</td>
                <td className="tabular">{shareText(rate)}</td>
                <td>{reasonsText(rate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function shareText({ share, low, high }: ReturnRate): string {
  if (share === null || low === null || high === null) return "too few";
  return `${percent(share)} (${percent(low)} to ${percent(high)})`;
}

function reasonsText({ reasons }: ReturnRate): string {
  const sorted = Object.entries(reasons).sort(([, one], [, other]) => other - one);
  return sorted.map(([reason, count]) => `${returnReason(reason)} ${count}`).join(", ");
}
