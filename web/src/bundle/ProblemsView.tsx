import { useQuery } from "@tanstack/react-query";
import { filesQuery, problemsQuery } from "../api/queries.ts";
import type { Bundle } from "../api/types.ts";
import { useGoToLine } from "../case/goTo.ts";
import { formatCount } from "../time/number.ts";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";

/** What could not be read, where and why: coverage is part of the evidence. */
export function ProblemsView({ bundle }: { bundle: Bundle }) {
  const go = useGoToLine();
  const found = useQuery(problemsQuery(bundle.id));
  const files = useQuery(filesQuery(bundle.id)).data ?? [];
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the problems" />;
  if (found.data.length === 0) {
    return (
      <EmptyState title="Everything was read">
        <p className="muted">All {bundle.files} files of this bundle, without a problem.</p>
      </EmptyState>
    );
  }
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>Problem</th>
            <th className="number">Times</th>
            <th>Place</th>
            <th>Detail</th>
          </tr>
        </thead>
        <tbody>
          {found.data.map((problem) => {
            const file = files.find(({ path }) => path === problem.file);
            const { line } = problem;
            const place = [problem.file, line].filter((part) => part !== null).join(":");
            return (
              <tr key={`${problem.code} ${place} ${problem.offset}`}>
                <td className="nowrap">{problem.code.replaceAll("_", " ")}</td>
                <td className="number tabular">{formatCount(problem.count)}</td>
                <td>
                  {file?.kind === "log" && line !== null ? (
                    <button
                      type="button"
                      className="row-link mono"
                      onClick={() => go(bundle.id, file.id, line)}
                    >
                      {place}
                    </button>
                  ) : (
                    <span className="mono">{place || "the whole bundle"}</span>
                  )}
                  {problem.offset !== null && (
                    <span className="muted"> byte {formatCount(problem.offset)}</span>
                  )}
                </td>
                <td className="grow">{problem.detail}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
