import { describe, expect, test } from "vitest";
import type { Histogram } from "../../src/api/types.ts";
import * as brush from "../../src/bundle/brush.ts";
import { parseMicros } from "../../src/time/time.ts";

const FROM = parseMicros("2026-11-23T09:00:00Z");
const MINUTE = 60_000_000;
const AXIS = { from: FROM, to: FROM + 120 * MINUTE };
const at = (minutes: number) => FROM + minutes * MINUTE;

describe("the axis", () => {
  const histogram = (patch: Partial<Histogram>): Histogram => ({
    start: "2026-11-23T09:00:00.000000Z",
    width_us: MINUTE,
    buckets: Array.from({ length: 120 }, () => ({ all: 1, error: 0, warn: 0 })),
    untimed: 0,
    total: 120,
    ...patch,
  });

  test("is the span of the buckets", () => {
    expect(brush.axisOf(histogram({}))).toEqual(AXIS);
  });

  test("is missing when nothing has a time", () => {
    expect(brush.axisOf(histogram({ start: null }))).toBeNull();
    expect(brush.axisOf(histogram({ buckets: [] }))).toBeNull();
    expect(brush.axisOf(undefined)).toBeNull();
  });
});

describe("a drag", () => {
  test("becomes whole buckets, outwards", () => {
    expect(brush.spanOfPixels(105, 40, 1200, AXIS, MINUTE)).toEqual({ from: at(10), to: at(15) });
  });

  test("of less than three pixels is a click", () => {
    expect(brush.spanOfPixels(105, 2, 1200, AXIS, MINUTE)).toBeNull();
  });

  test("stays on the axis and is never empty", () => {
    expect(brush.snap({ from: at(-10), to: at(500) }, AXIS, MINUTE)).toEqual(AXIS);
    expect(brush.snap({ from: at(5), to: at(5) }, AXIS, MINUTE)).toEqual({ from: at(5), to: at(6) });
  });
});

describe("Shift and the arrows", () => {
  test("start at the line and grow by buckets", () => {
    let keys = brush.startKeyBrush(null, at(41.3), AXIS, MINUTE);
    keys = brush.moveKeyBrush(keys, 1, AXIS, MINUTE);
    keys = brush.moveKeyBrush(keys, 1, AXIS, MINUTE);
    expect(brush.spanOfKeys(keys)).toEqual({ from: at(41), to: at(43) });
  });

  test("shrink, vanish and grow to the other side, as in a text", () => {
    let keys = brush.startKeyBrush({ from: at(10), to: at(11) }, Number.NaN, AXIS, MINUTE);
    keys = brush.moveKeyBrush(keys, -1, AXIS, MINUTE);
    expect(brush.spanOfKeys(keys)).toBeNull();
    keys = brush.moveKeyBrush(keys, -1, AXIS, MINUTE);
    expect(brush.spanOfKeys(keys)).toEqual({ from: at(9), to: at(10) });
  });

  test("stop at the ends", () => {
    const keys = brush.startKeyBrush({ from: at(0), to: AXIS.to }, Number.NaN, AXIS, MINUTE);
    expect(brush.spanOfKeys(brush.moveKeyBrush(keys, 1, AXIS, MINUTE))).toEqual(AXIS);
  });
});

describe("markers", () => {
  const marker = (minutes: number): brush.Marker => ({
    key: String(minutes),
    us: at(minutes),
    kind: "evidence",
    label: "",
    short: "",
    act: () => {},
  });

  test("that touch become one group, those outside are left out", () => {
    const groups = brush.groupMarkers([marker(61), marker(60), marker(90), marker(-1)], AXIS, 1200, 24);
    expect(groups.map(({ markers }) => markers.map(({ key }) => key))).toEqual([["60", "61"], ["90"]]);
    expect(groups[0]?.share).toBe(0.5);
  });
});

describe("ticks", () => {
  test("are at round times of the zone", () => {
    const { at: ticks, stepUs } = brush.tickTimes(AXIS, 960, 96, 0);
    expect(stepUs).toBe(15 * MINUTE);
    expect(ticks[1]).toBe(at(15));
    const kolkata = brush.tickTimes({ from: FROM, to: FROM + 48 * 60 * MINUTE }, 400, 96, 330 * MINUTE);
    expect((kolkata.at[0]! + 330 * MINUTE) % kolkata.stepUs).toBe(0);
  });
});

describe("the core of the axis", () => {
  const counts = (all: number[]): Histogram => ({
    start: "2026-11-23T09:00:00.000000Z",
    width_us: MINUTE,
    buckets: all.map((count) => ({ all: count, error: 0, warn: 0 })),
    untimed: 0,
    total: all.reduce((sum, count) => sum + count, 0),
  });
  const stray = counts([...Array(60).fill(100), ...Array(59).fill(0), 3]);

  test("leaves out a long and nearly empty end", () => {
    expect(brush.coreOf(stray, [])).toEqual({ from: FROM, to: at(60) });
  });

  test("keeps what was pinned there", () => {
    expect(brush.coreOf(stray, [at(119)])).toBeNull();
  });

  test("is nothing when little would be won", () => {
    expect(brush.coreOf(counts(Array(120).fill(10)), [])).toBeNull();
  });

  test("keeps a tail that holds many lines", () => {
    expect(brush.coreOf(counts([...Array(60).fill(1), ...Array(59).fill(0), 3]), [])).toBeNull();
  });
});
