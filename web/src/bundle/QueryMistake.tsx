// A query that is none: the place is marked in its text, and what was probably meant is one click away.
import { ApiError } from "../api/client.ts";

export function isQueryError(error: unknown): error is ApiError {
  return error instanceof ApiError && error.problem.query !== undefined;
}

interface Props {
  query: string;
  error: ApiError;
  onTake: (query: string) => void;
}

export function QueryMistake({ query, error, onTake }: Props) {
  const place = error.problem.query;
  if (!place) return null;
  const end = Math.max(place.end, place.start + 1);
  const { suggestion } = place;
  // Only a condition can stand in for another one; a hint cannot.
  const takes = suggestion && /^[\w-]+:\S+$/.test(suggestion) ? suggestion : null;
  const start = query.lastIndexOf(" ", place.start - 1) + 1;
  return (
    <p className="query-mistake" role="alert">
      <code>
        {query.slice(0, place.start)}
        <mark>{query.slice(place.start, end) || "…"}</mark>
        {query.slice(end)}
      </code>{" "}
      {error.problem.detail}
      {suggestion && !takes && `: ${suggestion}`}
      {takes && (
        <>
          {": "}
          <button
            type="button"
            className="link"
            onClick={() => onTake(query.slice(0, start) + takes + query.slice(end))}
          >
            {takes}
          </button>
        </>
      )}
    </p>
  );
}
