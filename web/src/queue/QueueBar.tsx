import Plus from "lucide-react/icons/plus";
import Search from "lucide-react/icons/search";
import { type RefObject, useEffect, useState } from "react";
import type { Severity } from "../api/types.ts";
import { LiveChip } from "../shell/LiveChip.tsx";
import { useMay } from "../shell/session.tsx";
import { plural } from "../time/number.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { SEVERITIES } from "../ui/Field.tsx";
import { Keys } from "../ui/Keys.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { SORTS } from "./queueState.ts";
import type { Queue } from "./useQueue.ts";

/** Typing waits this long before the server is asked. */
const TYPING_MS = 200;

interface Props {
  queue: Queue;
  filter: RefObject<HTMLInputElement | null>;
}

export function QueueBar({ queue, filter }: Props) {
  const { state, set } = queue;
  const mayOpen = useMay("open_case");
  const toggle = (severity: Severity) =>
    set({
      severity: state.severity.includes(severity)
        ? state.severity.filter((other) => other !== severity)
        : [...state.severity, severity],
    });
  return (
    <div className="bar" role="toolbar" aria-label="Filter">
      <FilterText key={state.view} queue={queue} filter={filter} />
      <div className="chip-row">
        {SEVERITIES.map((severity) => (
          <button
            key={severity}
            type="button"
            className="chip"
            aria-pressed={state.severity.includes(severity)}
            onClick={() => toggle(severity)}
          >
            <SeverityMark severity={severity} />
          </button>
        ))}
      </div>
      <label className="inline-select">
        <span className="visually-hidden">Sort by</span>
        <select
          value={state.sort}
          onChange={(event) => set({ sort: event.target.value as typeof state.sort })}
        >
          {SORTS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span className="bar-space" />
      <LiveChip scope="queue" />
      <span className="muted tabular nowrap">{queue.loading ? "" : plural(queue.total, "case")}</span>
      <CommandButton
        command="queue.new"
        kind="primary"
        disabled={!mayOpen}
        why="Your role may not open cases"
      >
        <Plus size={14} aria-hidden /> New case
      </CommandButton>
    </div>
  );
}

function FilterText({ queue, filter }: Props) {
  const { state, set } = queue;
  const [text, setText] = useState(state.text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the timer, not the answer to it
  useEffect(() => {
    if (text === state.text) return;
    const timer = setTimeout(() => set({ text }, { replace: true }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => setText(state.text), [state.text]);
  return (
    <div className="filter-box">
      <Search size={14} aria-hidden />
      <input
        ref={filter}
        type="search"
        value={text}
        placeholder="Filter by subject, customer, number"
        aria-label="Filter the cases"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          event.preventDefault();
          event.currentTarget.blur();
          queue.move(queue.cursor < 0 ? 1 : 0);
        }}
      />
      <Keys of="filter.focus" />
    </div>
  );
}
