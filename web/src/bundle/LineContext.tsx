// The records around the chosen one in its own file, whatever the filter hides.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { contextQuery } from "../api/queries.ts";
import type { Bundle, Line } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { formatClock, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { type LineLook, placeOf } from "./LineRow.tsx";

/** The counts that one key goes through; none shows nothing. */
const COUNTS = [0, 5, 20, 50] as const;

export function LineContext({ bundle, line, look }: { bundle: Bundle; line: Line; look: LineLook }) {
  const { set } = useCase();
  const [step, setStep] = useState(0);
  const count = COUNTS[step] ?? 0;
  useCommands({
    "lines.around": () => setStep((step + 1) % COUNTS.length),
  });
  const found = useQuery({ ...contextQuery(bundle.id, line.row, count), enabled: count > 0 });
  const rows = count > 0 ? (found.data?.lines ?? []) : [];
  return (
    <section className="line-context" aria-label="Lines around">
      <header>
        <h3 className="column-title">{count > 0 ? `±${count} records of the file` : "Around"}</h3>
        <CommandButton command="lines.around" kind="quiet">
          {count === 0 ? "Show the lines around" : "More or none"}
        </CommandButton>
      </header>
      {rows.length > 0 && (
        <ol className="context-rows mono">
          {rows.map((row) => (
            <li
              key={row.row}
              data-current={row.row === line.row || undefined}
              data-level={row.level ?? undefined}
            >
              <button
                type="button"
                className="context-row"
                aria-current={row.row === line.row ? "true" : undefined}
                onClick={() => set({ at: { file: row.file, line: row.line } })}
                title={placeOf(row)}
              >
                <span className="muted tabular">{row.line}</span>{" "}
                <span className="muted tabular">
                  {row.time ? formatClock(parseMicros(row.time), look.zone, "ms") : "no time"}
                </span>{" "}
                {row.text.slice(row.body_start) || row.text}
                {row.more_lines > 0 && <span className="muted"> +{row.more_lines}</span>}
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
