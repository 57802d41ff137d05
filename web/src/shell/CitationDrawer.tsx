import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import ArrowRight from "lucide-react/icons/arrow-right";
import X from "lucide-react/icons/x";
import { evidenceItemQuery } from "../api/queries.ts";
import type { Evidence } from "../api/types.ts";
import { useCommands } from "../keys/registry.ts";
import { formatShort, formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { copyText } from "../ui/copy.ts";
import { LevelWord } from "../ui/LevelWord.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { type Citation, citationPath, isHypothesis, parseCitation } from "./citation.ts";
import { HypothesisCitation } from "./HypothesisCitation.tsx";
import { stringifySearch } from "./search.ts";
import { useView } from "./useView.ts";
import { useZone } from "./zone.ts";

/** What a citation points at, beside the text that cites it: following one never loses the place. */
export function CitationDrawer() {
  const [search, setView] = useView();
  const citation = parseCitation(search.cite);
  const close = () => setView({ cite: undefined });
  useCommands({ back: { run: close, enabled: citation !== null, rank: 2 } });
  if (!citation) return null;
  return (
    <aside className="drawer" aria-label={`Citation ${search.cite}`}>
      <header className="drawer-head">
        <h2>{search.cite}</h2>
        <button type="button" className="icon-button" onClick={close} aria-label="Close the citation">
          <X size={16} aria-hidden />
        </button>
      </header>
      {isHypothesis(citation) ? (
        <HypothesisCitation citation={citation} />
      ) : (
        <CitationBody citation={citation} />
      )}
    </aside>
  );
}

function CitationBody({ citation }: { citation: Citation }) {
  const found = useQuery(evidenceItemQuery(citation.caseNumber, citation.item));
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the evidence" />;
  return <CitedEvidence evidence={found.data} citation={citation} />;
}

function CitedEvidence({ evidence, citation }: { evidence: Evidence; citation: Citation }) {
  const { zone } = useZone();
  const navigate = useNavigate();
  const at = parseMicros(evidence.at);
  const [{ tz, cite }] = useView();
  const go = () => {
    const at = `${evidence.file}:${evidence.line}`;
    const search = stringifySearch({ tz, cite, bundle: evidence.bundle_id, view: "logs", at });
    void navigate({ href: `/cases/${citation.caseNumber}${search}` });
  };
  return (
    <div className="drawer-body">
      <dl className="facts">
        <dt>Time</dt>
        <dd className="tabular">
          {evidence.at ? `${formatStamp(at, zone, "us")} ${zoneLabel(zone, at)}` : "not known"}
        </dd>
        <dt>Level</dt>
        <dd>{evidence.level ? <LevelWord level={evidence.level} /> : "none"}</dd>
        <dt>Source</dt>
        <dd>{evidence.source}</dd>
        <dt>Place</dt>
        <dd className="tabular">line {evidence.line}</dd>
        <dt>Pinned</dt>
        <dd>
          {evidence.pinned ? "" : "unpinned since; "}
          {evidence.pinned_by.name}, {formatShort(parseMicros(evidence.pinned_at), zone)}
        </dd>
      </dl>
      <pre className="excerpt" tabIndex={0} role="region" aria-label="Excerpt">
        {evidence.excerpt}
      </pre>
      <div className="button-row">
        <button type="button" className="button" data-kind="primary" onClick={go}>
          Go to the line <ArrowRight size={14} aria-hidden />
        </button>
        <button
          type="button"
          className="button"
          onClick={() => copyText(window.location.origin + citationPath(citation), "Link copied")}
        >
          Copy link
        </button>
      </div>
    </div>
  );
}
