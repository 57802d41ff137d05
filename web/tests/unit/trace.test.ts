import { describe, expect, test } from "vitest";
import type { Span } from "../../src/api/types.ts";
import { closeLevel, openLevel, parentsOf, shownOf } from "../../src/trace/tree.ts";

/** A trace by the parents of its spans. */
const spansOf = (parents: (number | null)[]): Span[] => {
  const depths: number[] = [];
  return parents.map((parent, place) => {
    depths[place] = parent === null ? 0 : depths[parent]! + 1;
    return { id: `s${place}`, parent, depth: depths[place] } as Span;
  });
};

const SPANS = spansOf([null, 0, 1, 1, 0, null]);

describe("the rows of a waterfall", () => {
  test("are all spans at first", () => {
    expect(shownOf(SPANS, new Set())).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...parentsOf(SPANS)]).toEqual([0, 1]);
  });

  test("leave out what a closed one hides, at any depth", () => {
    expect(shownOf(SPANS, new Set(["s1"]))).toEqual([0, 1, 4, 5]);
    expect(shownOf(SPANS, new Set(["s0"]))).toEqual([0, 5]);
  });

  test("close and open by one level", () => {
    const once = closeLevel(SPANS, new Set());
    expect(shownOf(SPANS, once)).toEqual([0, 1, 4, 5]);
    const twice = closeLevel(SPANS, once);
    expect(shownOf(SPANS, twice)).toEqual([0, 5]);
    expect(closeLevel(SPANS, twice)).toEqual(twice);
    expect(shownOf(SPANS, openLevel(SPANS, twice))).toEqual([0, 1, 4, 5]);
    expect(openLevel(SPANS, openLevel(SPANS, twice)).size).toBe(0);
  });
});
