import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import ArrowRight from "lucide-react/icons/arrow-right";
import { hypothesisQuery } from "../api/queries.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { type Citation, citationPath } from "./citation.ts";
import { useZone } from "./zone.ts";

/** A cited hypothesis in the drawer: what was stated when it was taken up, and what became of it. */
export function HypothesisCitation({ citation }: { citation: Citation }) {
  const { zone } = useZone();
  const navigate = useNavigate();
  const found = useQuery(hypothesisQuery(citation.caseNumber, citation.item));
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the hypothesis" />;
  const it = found.data;
  const when = (text: string | null) => formatShort(parseMicros(text), zone);
  return (
    <div className="drawer-body">
      <dl className="facts">
        <dt>Suspect</dt>
        <dd>{it.component}</dd>
        <dt>Kind</dt>
        <dd>{it.kind}</dd>
        <dt>Judged</dt>
        <dd>{it.judgement ? `${it.judgement}: ${it.judged_by?.name}, ${when(it.judged_at)}` : "not yet"}</dd>
        <dt>Taken up</dt>
        <dd>
          {it.pinned_by.name}, {when(it.pinned_at)}
        </dd>
      </dl>
      <p>{it.statement}</p>
      {it.reason_html && <ServerHtml html={it.reason_html} />}
      <div className="button-row">
        <button
          type="button"
          className="button"
          data-kind="primary"
          onClick={() => void navigate({ href: citationPath(citation) })}
        >
          Go to the hypothesis <ArrowRight size={14} aria-hidden />
        </button>
      </div>
    </div>
  );
}
