import type { NextClock } from "../api/types.ts";
import { useZone } from "../shell/zone.ts";
import { formatStamp } from "../time/time.ts";
import { dueText, nextDue } from "./clockText.ts";

interface Props {
  row: { clock: NextClock | null; promised_at: string | null };
  now: number;
}

/** When a case needs somebody, in one word; nothing where nothing runs. */
export function Due({ row, now }: Props) {
  const { zone } = useZone();
  const due = nextDue(row);
  if (!due) return null;
  const { text, tone } = dueText(due.dueUs, due.warnUs, now);
  return (
    <span
      className="due tabular"
      data-tone={tone}
      title={`${due.what} due ${formatStamp(due.dueUs, zone, "m")}`}
    >
      {text}
      <span className="visually-hidden"> {due.what}</span>
    </span>
  );
}
