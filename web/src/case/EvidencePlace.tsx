import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { evidenceItemQuery } from "../api/queries.ts";
import { type Search, stringifySearch } from "../shell/search.ts";
import { ErrorState, Loading } from "../ui/states.tsx";

/** The address of a citation: becomes the workbench with that line under the cursor. */
export function EvidencePlace() {
  const { number, item } = useParams({ strict: false }) as { number: string; item: string };
  const { tz } = useSearch({ strict: false }) as Search;
  const found = useQuery(evidenceItemQuery(number, item));
  const navigate = useNavigate();
  const evidence = found.data;
  useEffect(() => {
    if (!evidence) return;
    const search = stringifySearch({
      tz,
      bundle: evidence.bundle_id,
      view: "logs",
      at: `${evidence.file}:${evidence.line}`,
      detail: "1",
    });
    void navigate({ href: `/cases/${number}${search}`, replace: true });
  }, [evidence, navigate, number, tz]);
  return (
    <main id="main" className="full-page">
      <h1 className="visually-hidden">
        {number}/{item}
      </h1>
      {found.error ? (
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading what={`${number}/${item}`} />
      )}
    </main>
  );
}
