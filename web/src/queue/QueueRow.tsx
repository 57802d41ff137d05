import { Link } from "@tanstack/react-router";
import FileArchive from "lucide-react/icons/file-archive";
import MessageSquare from "lucide-react/icons/message-square";
import Pin from "lucide-react/icons/pin";
import type { CSSProperties, ReactNode } from "react";
import type { CaseSummary } from "../api/types.ts";
import { isDone, statusText } from "../case/status.ts";
import { Due } from "../sla/Due.tsx";
import { formatAge, parseMicros } from "../time/time.ts";
import { SeverityMark } from "../ui/SeverityMark.tsx";

interface Props {
  row: CaseSummary;
  index: number;
  now: number;
  current: boolean;
  selected: boolean;
  onToggle: () => void;
  onPoint: () => void;
  style: CSSProperties;
}

export function QueueRow({ row, index, now, current, selected, onToggle, onPoint, style }: Props) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are commands of the screen
    <div
      id={`case-${row.number}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className="queue-row"
      data-current={current || undefined}
      data-resolved={isDone(row.status) || undefined}
      style={style}
      onClick={onPoint}
    >
      <span role="gridcell" className="queue-check">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${row.number}`}
          onChange={onToggle}
        />
      </span>
      <span role="gridcell" className="queue-severity">
        <SeverityMark severity={row.severity} />
      </span>
      <span role="gridcell" className="queue-number tabular">
        {row.number}
      </span>
      <span role="gridcell" className="queue-subject">
        <Link to="/cases/$number" params={{ number: row.number }} tabIndex={-1} className="cut">
          {row.subject}
        </Link>
        {row.sample && <span className="tag">sample</span>}
        {(row.status !== "open" || row.merged_into) && <span className="tag">{statusText(row)}</span>}
        {row.intake && row.intake.state !== "accepted" && (
          <span className="tag" title={`Intake ${row.intake.state}, score ${row.intake.score} of 100`}>
            intake {row.intake.state} {row.intake.score}
          </span>
        )}
        {row.bundles_reading > 0 && (
          <span className="tag" data-tone="busy">
            reading a bundle
          </span>
        )}
      </span>
      <span role="gridcell" className="queue-customer cut">
        {[row.customer, row.tier, row.product && `${row.product} ${row.version}`.trim()]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <span role="gridcell" className="queue-facts tabular">
        <Fact count={row.bundles} word="bundles" icon={<FileArchive size={13} aria-hidden />} />
        <Fact count={row.evidence} word="pinned lines" icon={<Pin size={13} aria-hidden />} />
        <Fact count={row.notes} word="notes" icon={<MessageSquare size={13} aria-hidden />} />
      </span>
      <span role="gridcell" className="queue-owner cut">
        {row.assignee ? row.assignee.name : <span className="muted">unowned</span>}
      </span>
      <span role="gridcell" className="queue-due">
        <Due row={row} now={now} />
      </span>
      <Age us={parseMicros(row.updated_at)} now={now} word="changed" />
      <Age us={parseMicros(row.opened_at)} now={now} word="opened" />
    </div>
  );
}

function Fact({ count, word, icon }: { count: number; word: string; icon: ReactNode }) {
  return (
    <span className="fact" data-none={count === 0 || undefined} title={`${count} ${word}`}>
      {icon}
      {count}
      <span className="visually-hidden"> {word}</span>
    </span>
  );
}

function Age({ us, now, word }: { us: number; now: number; word: string }) {
  return (
    <span
      role="gridcell"
      className="queue-age tabular"
      title={`${word} ${new Date(us / 1000).toISOString()}`}
    >
      <span className="visually-hidden">{word} </span>
      {formatAge(us, now)}
    </span>
  );
}
