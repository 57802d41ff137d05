// The clocks of a case beside it: the running ones first, the ended ones behind a count.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { clocksQuery } from "../api/queries.ts";
import type { CaseClocks, Clock } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useNow } from "../shell/zone.ts";
import { parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/states.tsx";
import { ClockTable } from "./ClockTable.tsx";
import { counted, dueText, metricName, stateName, stateTone } from "./clockText.ts";
import { Due } from "./Due.tsx";

export function ClockList() {
  const { detail } = useCase();
  const found = useQuery(clocksQuery(detail.number));
  const [open, setOpen] = useState(false);
  const now = useNow(15_000);
  const clocks = found.data?.clocks ?? [];
  const running = clocks.filter(({ ended_at }) => !ended_at);
  useCommands({ "case.clocks": { run: () => setOpen(true), enabled: clocks.length > 0 } });
  return (
    <section className="side-section" aria-labelledby="clocks-title">
      <header>
        <h2 className="column-title" id="clocks-title">
          Clocks <span className="count">{running.length || ""}</span>
        </h2>
        {clocks.length > 0 && (
          <CommandButton command="case.clocks" kind="quiet">
            Explain
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      <ul className="clock-list">
        {detail.promised_at && (
          <li>
            <span>Promised update</span>
            <Due row={{ clock: null, promised_at: detail.promised_at }} now={now} />
          </li>
        )}
        {running.map((clock) => (
          <ClockRow key={`${clock.metric} ${clock.number}`} clock={clock} now={now} />
        ))}
      </ul>
      {found.data && <ClockNote clocks={found.data} />}
      <Dialog title={`Clocks of ${detail.number}`} open={open} onClose={() => setOpen(false)} wide>
        <div className="clock-tables" tabIndex={0} role="region" aria-label="Segments">
          {clocks.map((clock) => (
            <ClockTable key={`${clock.metric} ${clock.number}`} clock={clock} />
          ))}
        </div>
      </Dialog>
    </section>
  );
}

function ClockNote({ clocks: { policies, clocks } }: { clocks: CaseClocks }) {
  const ended = clocks.filter(({ ended_at }) => ended_at);
  const late = ended.filter(({ state }) => state === "breached").length;
  let text = "";
  if (policies === null) text = "Nothing is promised for this case.";
  else if (clocks.length === 0) text = "No policy promises anything here.";
  else if (late > 0) text = `${ended.length} ended, ${late} of them late.`;
  else if (ended.length > 0) text = `${ended.length} ended in time.`;
  return text && <p className="muted clock-note">{text}</p>;
}

function ClockRow({ clock, now }: { clock: Clock; now: number }) {
  const due = clock.due_at ?? clock.breached_at;
  const dueUs = parseMicros(clock.reopens_at ?? due);
  const shown = Number.isNaN(dueUs)
    ? { text: stateName(clock.state), tone: stateTone(clock.state) }
    : dueText(dueUs, clock.state === "on_track" ? dueUs : now, now);
  return (
    <li>
      <span>{metricName(clock.metric)}</span>
      <span className="muted tabular">
        {counted(clock.elapsed_s)} of {counted(clock.target_s)}
      </span>
      <span className="due tabular" data-tone={shown.tone}>
        {shown.text}
      </span>
    </li>
  );
}
