// How a case belongs to others, beside it: links, merges, and who hears what is said.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client.ts";
import { relatedQuery } from "../api/queries.ts";
import type { CaseLink, RelatedCases } from "../api/types.ts";
import { write } from "../api/write.ts";
import { statusText } from "../case/status.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { metricName } from "../sla/clockText.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { ErrorState } from "../ui/states.tsx";
import { LinkDialog } from "./LinkDialog.tsx";
import { MergeDialog } from "./MergeDialog.tsx";
import { relationName } from "./relations.ts";
import { SplitDialog } from "./SplitDialog.tsx";
import { UnmergeDialog } from "./UnmergeDialog.tsx";

type Open = "link" | "merge" | "split" | null;

export function RelatedPanel() {
  const { detail } = useCase();
  const { number } = detail;
  const found = useQuery(relatedQuery(number));
  const [open, setOpen] = useState<Open>(null);
  const [back, setBack] = useState<string | null>(null);
  const merged = detail.merged_into !== null;
  const mayLink = useMay("link_case") && !merged;
  const mayMerge = useMay("merge_case");
  const mayChange = mayMerge && !merged && detail.status !== "closed";
  useCommands({
    "case.link": { enabled: mayLink, run: () => setOpen("link") },
    "case.merge": { enabled: mayChange, run: () => setOpen("merge") },
    "case.split": { enabled: mayMerge && !merged, run: () => setOpen("split") },
    "case.unmerge": { enabled: mayMerge && merged, run: () => setBack(number) },
  });
  const close = () => setOpen(null);
  return (
    <section className="side-section" aria-labelledby="related-title">
      <header>
        <h2 className="column-title" id="related-title">
          Related cases
        </h2>
        {mayLink && (
          <CommandButton command="case.link" kind="quiet">
            Link
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Related related={found.data} mayLink={mayLink} mayMerge={mayMerge} onBack={setBack} />}
      {mayChange && (
        <div className="button-row intake-decide">
          <CommandButton command="case.merge">Merge into…</CommandButton>
          <CommandButton command="case.split" hideKeys>
            Split…
          </CommandButton>
        </div>
      )}
      {merged && (
        <div className="button-row intake-decide">
          <CommandButton
            command="case.unmerge"
            hideKeys
            disabled={!mayMerge}
            why="Your role may not merge cases"
          >
            Un-merge…
          </CommandButton>
        </div>
      )}
      <LinkDialog detail={detail} open={open === "link"} onClose={close} />
      <MergeDialog detail={detail} open={open === "merge"} onClose={close} />
      <SplitDialog detail={detail} open={open === "split"} onClose={close} />
      <UnmergeDialog child={back} parent={detail.merged_into ?? number} onClose={() => setBack(null)} />
    </section>
  );
}

interface RelatedProps {
  related: RelatedCases;
  mayLink: boolean;
  mayMerge: boolean;
  onBack: (child: string) => void;
}

function Related({ related, mayLink, mayMerge, onBack }: RelatedProps) {
  const { links, merged, informed, sufferers } = related;
  if (links.length + merged.length + informed.length === 0) {
    return <p className="muted side-none">None, and nobody is known who would hear of it.</p>;
  }
  return (
    <>
      <ul className="related-list">
        {merged.map((child) => (
          <li key={child.number}>
            <span className="muted">took in</span>{" "}
            <Link to="/cases/$number" params={{ number: child.number }} search={{ merged: "1" }}>
              {child.number} {child.subject}
            </Link>
            {child.breached.length > 0 && (
              <small className="warned">
                was late there: {child.breached.map(({ metric }) => metricName(metric)).join(", ")}
              </small>
            )}
            {mayMerge && (
              <button type="button" className="link" onClick={() => onBack(child.number)}>
                Un-merge<span className="visually-hidden"> {child.number}</span>
              </button>
            )}
          </li>
        ))}
        {links.map((link) => (
          <LinkLine key={`${link.relation} ${link.number}`} link={link} mayLink={mayLink} />
        ))}
      </ul>
      {sufferers.length > 0 && (
        <p className="side-none">
          {sufferers.length} {sufferers.length === 1 ? "case suffers" : "cases suffer"} from it, of{" "}
          {new Set(sufferers.map(({ customer }) => customer)).size} customers
        </p>
      )}
      {informed.length > 0 && (
        <details className="related-people">
          <summary>
            {informed.length} {informed.length === 1 ? "person hears" : "people hear"} what is said
          </summary>
          <ul className="related-list">
            {informed.map((one) => (
              <li key={`${one.name} ${one.address}`}>
                {one.name} <span className="muted">{one.address || "no address is known"}</span>{" "}
                <small className="muted">answers to {one.replies_to}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function LinkLine({ link, mayLink }: { link: CaseLink; mayLink: boolean }) {
  const { detail } = useCase();
  const remove = () =>
    write("Not unlinked", detail.number, () => api.unlinkCase(detail.number, link.relation, link.number));
  return (
    <li>
      <span className="muted">{relationName(link.relation)}</span>{" "}
      <Link to="/cases/$number" params={{ number: link.number }}>
        <SeverityMark severity={link.severity} /> {link.number} {link.subject}
      </Link>{" "}
      <span className="tag">{statusText({ ...link, waits_on: "" })}</span>
      {mayLink && (
        <button type="button" className="link" onClick={() => void remove()}>
          Unlink<span className="visually-hidden"> {link.number}</span>
        </button>
      )}
    </li>
  );
}
