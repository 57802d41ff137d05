import { describe, expect, test } from "vitest";
import * as rows from "../../src/bundle/rowMath.ts";

const VIEW = 440;

describe("an unscaled list", () => {
  const extent = rows.extentOf(200_000, VIEW);

  test("has the height of its rows and the offset of the element", () => {
    expect(extent.heightPx).toBe(4_400_000);
    expect(rows.isScaled(extent)).toBe(false);
    expect(rows.topOfScroll(12_345, extent)).toBe(12_345);
    expect(rows.scrollOfTop(12_345, extent)).toBe(12_345);
  });

  test("shows what fits and some more", () => {
    expect(rows.visibleRows(0, extent, 200_000, 10)).toEqual({ first: 0, end: 30 });
    expect(rows.visibleRows(2200, extent, 200_000, 10)).toEqual({ first: 90, end: 130 });
    expect(rows.visibleRows(4_400_000 - VIEW, extent, 200_000, 10)).toEqual({ first: 199_970, end: 200_000 });
  });
});

describe("a list above the limit of the browser", () => {
  const total = 5_000_000;
  const extent = rows.extentOf(total, VIEW);

  test("stays below the cap of Chromium and of Firefox", () => {
    expect(extent.heightPx).toBeLessThan(17_900_000);
    expect(rows.isScaled(extent)).toBe(true);
  });

  test("reaches its first and last row", () => {
    expect(rows.topOfScroll(0, extent)).toBe(0);
    const end = rows.topOfScroll(extent.heightPx - VIEW, extent);
    expect(rows.visibleRows(end, extent, total, 0)).toEqual({ first: total - 20, end: total });
  });

  test("the two offsets are each other's inverse", () => {
    for (const top of [0, 22, 1_000_000, 77_777_777, extent.fullPx - VIEW]) {
      expect(rows.topOfScroll(rows.scrollOfTop(top, extent), extent)).toBeCloseTo(top, 3);
    }
  });

  test("rows stand still on the screen whatever the bar says", () => {
    const top = 60_000_000;
    const scroll = rows.scrollOfTop(top, extent);
    const first = Math.ceil(top / rows.ROW_PX);
    expect(rows.rowOffset(first, top, scroll) - scroll).toBeLessThan(rows.ROW_PX);
    expect(rows.rowOffset(first + 1, top, scroll) - rows.rowOffset(first, top, scroll)).toBe(rows.ROW_PX);
  });
});

describe("revealing a row", () => {
  const extent = rows.extentOf(1000, VIEW);

  test("does not move when it is there", () => {
    expect(rows.revealTop(5, 0, extent)).toBe(0);
  });

  test("moves by the least when it is near", () => {
    expect(rows.revealTop(20, 0, extent)).toBe(22);
    expect(rows.revealTop(9, 220, extent)).toBe(198);
  });

  test("puts it into the middle when it is far", () => {
    expect(rows.revealTop(500, 0, extent)).toBe(500 * 22 - VIEW / 2);
  });

  test("never leaves the list", () => {
    expect(rows.revealTop(999, 0, extent)).toBe(1000 * 22 - VIEW);
    expect(rows.clampTop(-5, extent)).toBe(0);
  });

  test("a page is what fits without the half-shown row", () => {
    expect(rows.pageRows(VIEW)).toBe(19);
    expect(rows.pageRows(10)).toBe(1);
  });
});
