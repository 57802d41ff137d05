// The brush in numbers: pixels, buckets, keys. All spans are half-open, in microseconds.
import type { Histogram } from "../api/types.ts";
import type { Span } from "../case/caseState.ts";
import { parseMicros } from "../time/time.ts";

export function axisOf(histogram: Histogram | undefined): Span | null {
  const from = parseMicros(histogram?.start);
  if (!histogram || Number.isNaN(from) || histogram.width_us <= 0 || histogram.buckets.length === 0)
    return null;
  return { from, to: from + histogram.width_us * histogram.buckets.length };
}

/** A bundle whose clock strays (a few old or late lines) would squeeze everything else into a corner. */
const CORE_SHARE = 0.995;
const CORE_WORTH = 0.85;

/** The span of nearly all lines, when it is clearly shorter than the axis; `keep` stays inside. */
export function coreOf(histogram: Histogram | undefined, keep: readonly number[]): Span | null {
  const axis = axisOf(histogram);
  if (!axis || !histogram) return null;
  const { buckets, width_us } = histogram;
  let spare = Math.floor(buckets.reduce((sum, { all }) => sum + all, 0) * (1 - CORE_SHARE));
  let [low, high] = [0, buckets.length];
  const kept = keep.map((us) => Math.floor((us - axis.from) / width_us));
  const drop = (index: number) => {
    const fits = buckets[index]!.all <= spare && !kept.includes(index);
    if (fits) spare -= buckets[index]!.all;
    return fits;
  };
  while (high - low > 1 && drop(high - 1)) high -= 1;
  while (high - low > 1 && drop(low)) low += 1;
  if (high - low > buckets.length * CORE_WORTH) return null;
  return { from: axis.from + low * width_us, to: axis.from + high * width_us };
}

/** Outwards to whole buckets, so that what the brush holds is what the bars under it count. */
export function snap(span: Span, axis: Span, widthUs: number): Span {
  const low = Math.floor((Math.min(span.from, span.to) - axis.from) / widthUs);
  const high = Math.ceil((Math.max(span.from, span.to) - axis.from) / widthUs);
  const from = Math.max(axis.from, axis.from + low * widthUs);
  const to = Math.min(axis.to, axis.from + high * widthUs);
  return { from, to: Math.max(to, from + widthUs) };
}

/** Pixels of a drag to a snapped span; null for a click, which is not a brush. */
export function spanOfPixels(
  leftPx: number,
  widthPx: number,
  plotPx: number,
  axis: Span,
  bucketUs: number,
): Span | null {
  if (widthPx < 3 || plotPx <= 0) return null;
  const perPx = (axis.to - axis.from) / plotPx;
  const from = axis.from + leftPx * perPx;
  return snap({ from, to: from + widthPx * perPx }, axis, bucketUs);
}

/** A brush with the end that stays, as in selecting text with Shift and the arrows. */
export interface KeyBrush {
  anchor: number;
  moving: number;
}

export function startKeyBrush(brush: Span | null, near: number, axis: Span, bucketUs: number): KeyBrush {
  if (brush) return { anchor: brush.from, moving: brush.to };
  const inside = Number.isNaN(near) || near < axis.from || near >= axis.to ? axis.from : near;
  const from = axis.from + Math.floor((inside - axis.from) / bucketUs) * bucketUs;
  return { anchor: from, moving: from };
}

/** One bucket further; null when both ends meet, which clears the brush. */
export function moveKeyBrush(keys: KeyBrush, by: 1 | -1, axis: Span, bucketUs: number): KeyBrush {
  const moving = Math.min(axis.to, Math.max(axis.from, keys.moving + by * bucketUs));
  return { anchor: keys.anchor, moving };
}

export function spanOfKeys({ anchor, moving }: KeyBrush): Span | null {
  if (anchor === moving) return null;
  return { from: Math.min(anchor, moving), to: Math.max(anchor, moving) };
}

/** 0 to 1 along the axis. */
export function shareOf(us: number, axis: Span): number {
  return (us - axis.from) / (axis.to - axis.from);
}

export interface Marker {
  key: string;
  us: number;
  kind: "evidence" | "finding" | "entry";
  label: string;
  short: string;
  act: () => void;
}

export interface MarkerGroup {
  share: number;
  markers: Marker[];
}

/** Markers nearer than `gapPx` become one, so that none hides another and each can be hit. */
export function groupMarkers(
  markers: readonly Marker[],
  axis: Span,
  plotPx: number,
  gapPx: number,
): MarkerGroup[] {
  const inside = markers.filter(({ us }) => us >= axis.from && us < axis.to).sort((a, b) => a.us - b.us);
  const groups: MarkerGroup[] = [];
  for (const marker of inside) {
    const share = shareOf(marker.us, axis);
    const last = groups.at(-1);
    if (last && (share - last.share) * plotPx < gapPx) last.markers.push(marker);
    else groups.push({ share, markers: [marker] });
  }
  return groups;
}

/** Where a day, hour, minute or second starts: ticks at round times of the zone. */
const STEPS_S = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800, 2_592_000,
];

export function tickTimes(
  axis: Span,
  plotPx: number,
  gapPx: number,
  offsetUs: number,
): { at: number[]; stepUs: number } {
  const count = Math.max(1, Math.floor(plotPx / gapPx));
  const wantedS = (axis.to - axis.from) / 1_000_000 / count;
  const stepUs = (STEPS_S.find((step) => step >= wantedS) ?? STEPS_S.at(-1)!) * 1_000_000;
  const at: number[] = [];
  let tick = Math.ceil((axis.from + offsetUs) / stepUs) * stepUs - offsetUs;
  for (; tick < axis.to; tick += stepUs) at.push(tick);
  return { at, stepUs };
}
