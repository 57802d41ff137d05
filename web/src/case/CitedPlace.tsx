// The address of a citation, MS-1042/E7 or MS-1042/H2: becomes the workbench with that thing before one.
import type { UseQueryResult } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { type Search, stringifySearch } from "../shell/search.ts";
import { ErrorState, Loading } from "../ui/states.tsx";

export const useCited = () => useParams({ strict: false }) as { number: string; item: string };

interface Props<T> {
  found: UseQueryResult<T>;
  /** What of the workbench is shown then; the same function each time. */
  place: (cited: T) => Search;
}

export function CitedPlace<T>({ found, place }: Props<T>) {
  const { number, item } = useCited();
  const { tz } = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const cited = found.data;
  useEffect(() => {
    if (!cited) return;
    const search = stringifySearch({ tz, ...place(cited) });
    void navigate({ href: `/cases/${number}${search}`, replace: true });
  }, [cited, place, navigate, number, tz]);
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
