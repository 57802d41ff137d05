import { describe, expect, test } from "vitest";
import {
  completableAt,
  conditionsOf,
  firstWords,
  quoted,
  timeOf,
  valuesOf,
  withCondition,
  without,
  withTime,
  withValues,
} from "../../src/bundle/query.ts";

describe("the conditions of a query", () => {
  test("end at blanks outside of quotes, patterns and brackets", () => {
    const texts = (query: string) => conditionsOf(query).map(({ text }) => text);
    expect(texts('level:error.. "a b" -(x OR y z) user:"c d",e /p q\\/r/ /api/v1')).toEqual([
      "level:error..",
      '"a b"',
      "-(x OR y z)",
      'user:"c d",e',
      "/p q\\/r/",
      "/api/v1",
    ]);
    expect(texts('"open')).toEqual(['"open']);
    expect(texts("a) b")).toEqual(["a", ")", "b"]);
  });

  test("know their field and values", () => {
    const [one, two, three] = conditionsOf('-source:"a, \\"b\\"",c http://x time:2026-11-24T10:00..10:05');
    expect(one).toMatchObject({ field: "source", negated: true, values: ['a, "b"', "c"] });
    expect(two?.field).toBeNull();
    expect(three).toMatchObject({ field: "time", values: ["2026-11-24T10:00..10:05"] });
  });
});

describe("a click", () => {
  test("adds, widens and removes the values of a field and nothing else", () => {
    const one = withValues('"pool exhausted"', "level", ["error"]);
    expect(one).toBe('"pool exhausted" level:error');
    const two = withValues(one, "level", ["error", "warn"]);
    expect(two).toBe('"pool exhausted" level:error,warn');
    expect(valuesOf(two, "level")).toEqual(["error", "warn"]);
    expect(withValues(two, "level", [])).toBe('"pool exhausted"');
    expect(withValues("-level:debug", "level", ["error"])).toBe("-level:debug level:error");
    expect(withValues("", "source", ["payments/ledger 2"])).toBe('source:"payments/ledger 2"');
  });

  test("puts alternatives into brackets first", () => {
    expect(withCondition("a OR b", "level:error")).toBe("(a OR b) level:error");
    expect(valuesOf("level:error OR level:warn", "level")).toEqual([]);
  });

  test("quotes what would have a meaning", () => {
    expect([quoted("a-b.c/d"), quoted("a*"), quoted('a"b'), quoted("1..2"), quoted("")]).toEqual([
      "a-b.c/d",
      '"a*"',
      '"a\\"b"',
      '"1..2"',
      '""',
    ]);
  });

  test("takes conditions out without their AND", () => {
    expect(without("a AND level:error", ({ field }) => field === "level")).toBe("a");
  });
});

test("a brush is a time with both ends", () => {
  const span = { from: 1_795_000_000_000_000, to: 1_795_000_060_000_000 };
  const query = withTime("level:error", span);
  expect(timeOf(query)).toEqual(span);
  expect(withTime(query, null)).toBe("level:error");
  expect(timeOf("time:2026-11-24..")).toBeNull();
  expect(timeOf("level:error")).toBeNull();
});

test("the first words are marked in the list", () => {
  expect(firstWords('level:error "pool exhausted" x')).toBe("pool exhausted");
  expect(firstWords("-x timeout")).toBe("timeout");
  expect(firstWords("a OR b")).toBe("");
  expect(firstWords("/x/ level:error")).toBe("");
});

test("what is before the cursor can be completed", () => {
  expect(completableAt("lev", 3)).toEqual({ start: 0, field: null, typed: "lev" });
  expect(completableAt("a -level:er", 11)).toEqual({ start: 9, field: "level", typed: "er" });
  expect(completableAt("level:error,w", 13)).toEqual({ start: 12, field: "level", typed: "w" });
  expect(completableAt("a ", 2)).toEqual({ start: 2, field: null, typed: "" });
  expect(completableAt('"a', 2)).toBeNull();
  expect(completableAt("status:>5", 9)).toBeNull();
});
