import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { hypothesisQuery } from "../api/queries.ts";
import { type Search, stringifySearch } from "../shell/search.ts";
import { ErrorState, Loading } from "../ui/states.tsx";

/** The address of a hypothesis: becomes the workbench with its card open. */
export function HypothesisPlace() {
  const { number, item } = useParams({ strict: false }) as { number: string; item: string };
  const { tz } = useSearch({ strict: false }) as Search;
  const found = useQuery(hypothesisQuery(number, item));
  const navigate = useNavigate();
  const hypothesis = found.data;
  useEffect(() => {
    if (!hypothesis) return;
    const search = stringifySearch({ tz, bundle: hypothesis.bundle_id, hyp: hypothesis.number });
    void navigate({ href: `/cases/${number}${search}`, replace: true });
  }, [hypothesis, navigate, number, tz]);
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
