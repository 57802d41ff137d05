import { useQuery } from "@tanstack/react-query";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useEffect, useRef } from "react";
import { filesQuery } from "../api/queries.ts";
import type { Bundle, BundleFile } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { useZone } from "../shell/zone.ts";
import { formatBytes, formatCount, plural } from "../time/number.ts";
import { formatClock, formatStamp, parseMicros } from "../time/time.ts";
import { shortNames } from "../ui/shortNames.ts";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { withValues } from "./query.ts";

const NAME_CHARS = 44;
const DAY_US = 86_400_000_000;

/** Every file of the bundle, also those that were not read, and why. */
export function FilesView({ bundle }: { bundle: Bundle }) {
  const { set, state } = useCase();
  const { zone } = useZone();
  const found = useQuery(filesQuery(bundle.id));
  const oneDay = parseMicros(bundle.last) - parseMicros(bundle.first) < DAY_US;
  const clock = (text: string | null) => (oneDay ? formatClock : formatStamp)(parseMicros(text), zone, "s");
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="the files" />;
  if (found.data.length === 0) return <EmptyState title="The archive is empty" />;
  const names = shortNames(
    found.data.map(({ path }) => path),
    NAME_CHARS,
  );
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>File</th>
            <th>What it is</th>
            <th className="number">Size</th>
            <th className="number">Records</th>
            <th className="wide-only">Time</th>
            <th className="number wide-only">Redacted</th>
            <th className="number">Problems</th>
          </tr>
        </thead>
        <tbody>
          {found.data.map((file) => (
            <FileRow
              key={file.id}
              file={file}
              name={names.get(file.path) ?? file.path}
              cited={state.at?.file === file.id ? state.at.line : null}
              clock={clock}
              onOpen={() =>
                set({ view: "logs", filter: { query: withValues("", "file", [file.path]) }, at: null })
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  file: BundleFile;
  name: string;
  /** A line of it that a claim cites. */
  cited: number | null;
  clock: (text: string | null) => string;
  onOpen: () => void;
}

function FileRow({ file, name, cited, clock, onOpen }: RowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (cited !== null) row.current?.scrollIntoView({ block: "center" });
  }, [cited]);
  const hasLines = file.kind === "log" && file.records > 0;
  return (
    <tr ref={row} data-unread={!file.read || undefined} data-chosen={cited !== null || undefined}>
      <td className="grow">
        {hasLines ? (
          <button type="button" className="row-link mono" title={file.path} onClick={onOpen}>
            {name}
          </button>
        ) : (
          <span className="mono cut" title={file.path}>
            {name}
          </span>
        )}
        {cited !== null && <small className="file-note">cited: line {cited}</small>}
        {file.note && <small className="file-note">{file.note}</small>}
      </td>
      <td className="format cut" title={file.format}>
        {file.format}{" "}
        {file.read && file.kind === "log" && (
          <span className="muted tabular" title="share of the lines that have this form">
            {Math.round(file.confidence * 100)} %
          </span>
        )}
        {!file.read && <span className="tag">not read</span>}
      </td>
      <td className="number tabular">{formatBytes(file.size_bytes)}</td>
      <td className="number tabular" title={file.lines ? plural(file.lines, "line") : undefined}>
        {file.read ? formatCount(file.records || file.items) : ""}
      </td>
      <td className="tabular muted nowrap wide-only">
        {file.first && `${clock(file.first)} – ${clock(file.last)}`}
      </td>
      <td className="number tabular wide-only">{file.redactions ? formatCount(file.redactions) : ""}</td>
      <td className="number tabular">
        {file.problems > 0 && (
          <span className="warned">
            <TriangleAlert size={13} aria-hidden /> {formatCount(file.problems)}
          </span>
        )}
      </td>
    </tr>
  );
}
