// The numbers of a small chart: paths in a box of WIDTH by HEIGHT, and the value at the cursor.
import type { SeriesPoints } from "../api/types.ts";
import { shareOf } from "../bundle/brush.ts";
import type { Span } from "../case/caseState.ts";

export const WIDTH = 240;
export const HEIGHT = 56;

export interface Range {
  low: number;
  high: number;
}

/** What the points span; a constant lies in the middle. */
export function rangeOf(points: SeriesPoints): Range {
  const low = Math.min(...points.low);
  const high = Math.max(...points.high);
  if (low === high) return { low: low - 1, high: high + 1 };
  return { low, high };
}

const xOf = (us: number, axis: Span) => shareOf(us, axis) * WIDTH;
const yOf = (value: number, { low, high }: Range) => HEIGHT - ((value - low) / (high - low)) * HEIGHT;
const at = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;

/** The line through the last value of each step. */
export function linePath(points: SeriesPoints, axis: Span, range: Range): string {
  return points.times_us.map((us, i) => at(xOf(us, axis), yOf(points.last[i]!, range))).join(" ");
}

/** What lies between the lowest and the highest value of each step. */
export function bandPath(points: SeriesPoints, axis: Span, range: Range): string {
  const above = points.times_us.map((us, i) => at(xOf(us, axis), yOf(points.high[i]!, range)));
  const below = points.times_us.map((us, i) => at(xOf(us, axis), yOf(points.low[i]!, range)));
  return [...above, ...below.reverse()].join(" ");
}

/** The newest value at a moment; null before the first. */
export function valueAt(points: SeriesPoints, us: number): number | null {
  const after = points.times_us.findIndex((time) => time > us);
  const place = after === -1 ? points.times_us.length - 1 : after - 1;
  return points.last[place] ?? null;
}

/** Three digits that matter: `0.0123`, `64`, `1.21 G`. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000) {
    const units = ["k", "M", "G", "T", "P"];
    const unit = Math.min(units.length - 1, Math.floor(Math.log10(size) / 3) - 1);
    return `${Number((value / 1000 ** (unit + 1)).toPrecision(3))} ${units[unit]}`;
  }
  return String(Number(value.toPrecision(3)));
}
