import { describe, expect, test } from "vitest";
import type { SeriesPoints } from "../../src/api/types.ts";
import { bandPath, formatValue, linePath, rangeOf, valueAt } from "../../src/metric/scale.ts";

const POINTS: SeriesPoints = {
  id: 1,
  times_us: [0, 50, 100],
  low: [0, 2, 10],
  high: [0, 6, 10],
  last: [0, 4, 10],
};
const AXIS = { from: 0, to: 100 };

describe("a small chart", () => {
  test("spans its points from edge to edge", () => {
    const range = rangeOf(POINTS);
    expect(range).toEqual({ low: 0, high: 10 });
    expect(linePath(POINTS, AXIS, range)).toBe("0.0,56.0 120.0,33.6 240.0,0.0");
    expect(bandPath(POINTS, AXIS, range).split(" ")).toHaveLength(6);
  });

  test("puts a constant in the middle", () => {
    const flat = { ...POINTS, low: [3, 3, 3], high: [3, 3, 3], last: [3, 3, 3] };
    expect(linePath(flat, AXIS, rangeOf(flat))).toBe("0.0,28.0 120.0,28.0 240.0,28.0");
  });

  test.each([
    [-1, null],
    [0, 0],
    [99, 4],
    [1000, 10],
  ])("at %i its value is %j", (us, expected) => {
    expect(valueAt(POINTS, us)).toBe(expected);
  });

  test.each([
    [0, "0"],
    [0.012_345, "0.0123"],
    [64, "64"],
    [-1234, "-1230"],
    [12_345, "12.3 k"],
    [1_210_000_000, "1.21 G"],
  ])("prints %d as %s", (value, expected) => {
    expect(formatValue(value)).toBe(expected);
  });
});
