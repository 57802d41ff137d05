import { useEffect, useId, useState } from "react";
import type { Span } from "../case/caseState.ts";
import { runCommand } from "../keys/registry.ts";
import { formatClock, formatDay, formatLength, formatStamp, parseTyped, zoneLabel } from "../time/time.ts";

interface Props {
  axis: Span;
  brush: Span | null;
  zone: string;
  onBrush: (span: Span | null) => void;
}

/** The brush without a mouse: two boxes that take a clock time, or a day and a time. */
export function TimeInputs({ axis, brush, zone, onBrush }: Props) {
  const manyDays = formatDay(axis.from, zone) !== formatDay(axis.to, zone);
  const show = (us: number) => (manyDays ? formatStamp(us, zone, "s") : formatClock(us, zone, "s"));
  const shown = brush ?? axis;
  const apply = (patch: Partial<Span>) => {
    const next = { ...shown, ...patch };
    if (next.from < next.to) onBrush(next);
  };
  return (
    <div className="time-inputs" data-brushed={brush ? true : undefined}>
      <TimeBox
        name="From"
        text={show(shown.from)}
        parse={(text) => parseTyped(text, zone, shown.from)}
        onTime={(from) => apply({ from })}
        wide={manyDays}
      />
      <span aria-hidden="true">–</span>
      <TimeBox
        name="To"
        text={show(shown.to)}
        parse={(text) => parseTyped(text, zone, shown.to)}
        onTime={(to) => apply({ to })}
        wide={manyDays}
      />
      <span className="muted">
        {!manyDays && formatDay(axis.from, zone)} {zoneLabel(zone, shown.from)} ·{" "}
        {formatLength(shown.to - shown.from)}
      </span>
      {brush && (
        <button
          type="button"
          className="link"
          title="Clear the time brush (⇧ T)"
          onClick={() => runCommand("brush.clear")}
        >
          Reset
        </button>
      )}
    </div>
  );
}

interface BoxProps {
  name: string;
  text: string;
  parse: (text: string) => number;
  onTime: (us: number) => void;
  wide: boolean;
}

function TimeBox({ name, text, parse, onTime, wide }: BoxProps) {
  const id = useId();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const us = parse(typed);
  const commit = () => {
    if (typed === text) return;
    if (Number.isNaN(us)) setTyped(text);
    else onTime(us);
  };
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {name}
      </label>
      <input
        id={id}
        className="time-box tabular"
        data-wide={wide || undefined}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={Number.isNaN(us)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setTyped(text);
        }}
      />
    </>
  );
}
