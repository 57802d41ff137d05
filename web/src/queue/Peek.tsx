import { useQuery } from "@tanstack/react-query";
import X from "lucide-react/icons/x";
import { caseQuery, evidenceQuery } from "../api/queries.ts";
import type { CaseDetail } from "../api/types.ts";
import { EvidenceMessage } from "../case/EvidenceMessage.tsx";
import { statusText } from "../case/status.ts";
import { useZone } from "../shell/zone.ts";
import { formatCount, plural } from "../time/number.ts";
import { formatClock, formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";

interface Props {
  number: string;
  onClose: () => void;
}

export function Peek({ number, onClose }: Props) {
  const found = useQuery(caseQuery(number));
  return (
    <aside className="peek" aria-label={`Peek at ${number}`}>
      <header className="drawer-head">
        <h2 className="tabular">{number}</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label="Close the peek">
          <X size={16} aria-hidden />
        </button>
      </header>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : found.data ? (
        <PeekBody detail={found.data} />
      ) : (
        <Loading what={number} />
      )}
    </aside>
  );
}

function PeekBody({ detail }: { detail: CaseDetail }) {
  const { zone } = useZone();
  const evidence = (useQuery(evidenceQuery(detail.number)).data ?? []).filter(({ pinned }) => pinned);
  return (
    <div className="drawer-body" tabIndex={0} role="region" aria-label="Summary">
      <h3 className="peek-subject">{detail.subject}</h3>
      <p className="peek-facts">
        <SeverityMark severity={detail.severity} /> {statusText(detail)}
        {detail.customer && ` · ${detail.customer}`}
        {detail.product && ` · ${detail.product} ${detail.version}`}
      </p>
      <p className="muted">
        Opened {formatShort(parseMicros(detail.opened_at), zone)} by {detail.opened_by.name} ·{" "}
        {detail.assignee ? detail.assignee.name : "unowned"}
      </p>
      {detail.description_html && <ServerHtml html={detail.description_html} />}
      {detail.bundle_list.length > 0 && (
        <section>
          <h4 className="column-title">Bundles</h4>
          <ul className="plain-list">
            {detail.bundle_list.map((bundle) => (
              <li key={bundle.id}>
                <span className="cut">{bundle.name}</span>
                <span className="muted tabular">
                  {bundle.state === "ready"
                    ? `${formatCount(bundle.records)} records, ${formatCount(bundle.errors)} errors`
                    : bundle.state}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.length > 0 && (
        <section>
          <h4 className="column-title">{plural(evidence.length, "pinned line")}</h4>
          <ul className="plain-list">
            {evidence.slice(0, 6).map((item) => (
              <li key={item.number} className="peek-evidence">
                <a
                  className="citation"
                  href={`/cases/${detail.number}/evidence/${item.number}`}
                  data-citation={item.citation}
                >
                  {item.number}
                </a>
                <span className="tabular muted">{formatClock(parseMicros(item.at), zone, "s")}</span>
                <span className="cut mono">
                  <EvidenceMessage item={item} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="button-row">
        <CommandButton command="queue.open" kind="primary">
          Open
        </CommandButton>
        <CommandButton command="queue.assign">Assign</CommandButton>
        <CommandButton command="queue.severity">Severity</CommandButton>
      </div>
    </div>
  );
}
