// What changed: events with a place, and beside a good bundle also settings, messages, values, metrics.
import "../styles/change.css";
import { useQuery } from "@tanstack/react-query";
import { comparisonQuery, rankingQuery } from "../api/queries.ts";
import type { Bundle, Change } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { Cites } from "../hypothesis/Cites.tsx";
import { referenceOf } from "../hypothesis/reference.ts";
import { useZone } from "../shell/zone.ts";
import { formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { ComparisonTables } from "./ComparisonTables.tsx";

export default function ChangesView({ bundle }: { bundle: Bundle }) {
  const { detail } = useCase();
  const reference = referenceOf(bundle, detail.bundle_list);
  const found = useQuery(rankingQuery(bundle.id, reference?.id ?? null));
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the changes" />;
  const { changes, unrelated } = found.data;
  const reasons = new Map(unrelated.map(({ change, reason }) => [keyOf(change), reason]));
  return (
    <section className="changes" aria-label="Changes">
      <div className="changes-scroll" tabIndex={0} role="region" aria-label="What changed">
        <h2>
          Changes <span className="count">{changes.length}</span>
        </h2>
        {changes.length === 0 ? (
          <p className="muted">
            No restart, kill, deploy or image change is told by the bundle
            {reference ? `, and its settings are those of ${reference.name}.` : "."}
          </p>
        ) : (
          <ChangeTable changes={changes} reasons={reasons} />
        )}
        {reference ? (
          <Beside bundle={bundle} reference={reference} />
        ) : (
          <div className="changes-none">
            <h2>Beside a good bundle</h2>
            <p className="muted">
              Settings, images, messages, values and metrics that differ are shown once a bundle of the same
              system without fault is chosen.
            </p>
            <CommandButton command="hypothesis.reference">Compare</CommandButton>
          </div>
        )}
      </div>
    </section>
  );
}

const keyOf = ({ kind, about, detail, at }: Change) => `${kind} ${about} ${detail} ${at}`;

interface TableProps {
  changes: readonly Change[];
  /** Why a change does not explain the symptom. */
  reasons: ReadonlyMap<string, string>;
}

function ChangeTable({ changes, reasons }: TableProps) {
  const { zone } = useZone();
  const first = parseMicros(changes.find(({ at }) => at)?.at) || 0;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Time {zoneLabel(zone, first)}</th>
          <th>Kind</th>
          <th>Of</th>
          <th>What</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const reason = reasons.get(keyOf(change));
          return (
            <tr key={keyOf(change)}>
              <td className="tabular muted nowrap">
                {change.at ? formatStamp(parseMicros(change.at), zone, "s") : "not told"}
              </td>
              <td>
                <span className="tag">{change.kind.replaceAll("_", " ")}</span>
              </td>
              <td>{change.about}</td>
              <td className="grow">
                <span className="change-detail">{change.detail}</span>
                {reason && <small className="muted">does not explain it: {reason}</small>}
                <Cites cites={change.cites} hint={{ component: change.about }} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Beside({ bundle, reference }: { bundle: Bundle; reference: Bundle }) {
  const found = useQuery(comparisonQuery(bundle.id, reference.id));
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what={`what differs from ${reference.name}`} />;
  return <ComparisonTables comparison={found.data} />;
}
