// A clock laid open: every segment of its run with the reason why it counts or does not.
import type { Clock } from "../api/types.ts";
import { useZone } from "../shell/zone.ts";
import { formatStamp, parseMicros, zoneLabel } from "../time/time.ts";
import { counted, metricName, stateName, stateTone } from "./clockText.ts";

export function ClockTable({ clock }: { clock: Clock }) {
  const { zone } = useZone();
  const stamp = (text: string) => formatStamp(parseMicros(text), zone, "s");
  return (
    <section className="clock-table" aria-label={`${metricName(clock.metric)} ${clock.number}`}>
      <p className="clock-head">
        <b>
          {metricName(clock.metric)} {clock.number}
        </b>
        <span className="due" data-tone={stateTone(clock.state)}>
          {stateName(clock.state)}
        </span>
        <span className="tabular">
          {counted(clock.elapsed_s)} of {counted(clock.target_s)}
        </span>
        <span className="muted">
          policy {clock.policy}, calendar {clock.calendar}
        </span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">From ({zoneLabel(zone, parseMicros(clock.activated_at))})</th>
            <th scope="col">To</th>
            <th scope="col">Why</th>
            <th scope="col">Status</th>
            <th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {clock.segments.map((segment) => (
            <tr key={segment.from} data-counted={segment.counted || undefined}>
              <td className="tabular">{stamp(segment.from)}</td>
              <td className="tabular">{stamp(segment.to)}</td>
              <td>{segment.reason}</td>
              <td>{segment.status}</td>
              <td className="tabular">{counted(segment.total_s)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted tabular">
        {clock.due_at && `Due ${stamp(clock.due_at)}`}
        {clock.reopens_at && `, a closing time; open again ${stamp(clock.reopens_at)}`}
        {clock.breached_at && `Passed its target ${stamp(clock.breached_at)}`}
      </p>
    </section>
  );
}
