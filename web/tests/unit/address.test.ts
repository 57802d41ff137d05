import { describe, expect, test } from "vitest";
import {
  brushOf,
  type CaseState,
  caseSearch,
  caseState,
  isNarrowed,
  NO_FILTER,
} from "../../src/case/caseState.ts";
import { queueSearch, queueState } from "../../src/queue/queueState.ts";
import { parseSearch, stringifySearch } from "../../src/shell/search.ts";

const FULL: CaseState = {
  bundle: "bundle-1",
  view: "logs",
  filter: { query: 'level:warn,error source:#0 "pool: 64/64, waited & more" template:Texhausted' },
  find: "ERR+1",
  at: { file: 0, line: 12_306 },
  detail: true,
  zoom: { from: 1_795_000_000_000_000, to: 1_795_000_060_000_001 },
  errorsOnly: true,
  wide: true,
  trace: "4bf92f3577b34da6",
  span: "00f067aa0ba902b7",
  series: 17,
  moment: 1_795_000_030_000_000,
  hypothesis: "H2",
};

describe("the address of a case", () => {
  test("holds the whole view", () => {
    const text = stringifySearch(caseSearch(FULL));
    expect(caseState(parseSearch(text))).toEqual(FULL);
  });

  test("stays readable", () => {
    expect(
      stringifySearch(caseSearch({ filter: { query: "level:error,warn" }, at: { file: 0, line: 9 } })),
    ).toBe("?q=level:error,warn&at=0:9");
  });

  test("is empty for the plain view, and the plain view is what empty means", () => {
    expect(stringifySearch(caseSearch(caseState({})))).toBe("");
    expect(caseState({}).filter).toEqual(NO_FILTER);
    expect(isNarrowed(NO_FILTER)).toBe(false);
  });

  test("ignores what nobody could have meant", () => {
    const state = caseState({ at: "nine", view: "pie", zoom: "a~b", series: "x", hyp: "E1", t: "noon" });
    expect([state.at, state.view, state.zoom]).toEqual([null, null, null]);
    expect([state.series, state.hypothesis, state.moment]).toEqual([null, null, null]);
  });

  test("changes only the part that is named", () => {
    expect(caseSearch({ filter: { query: "" } })).toEqual({ q: undefined });
    expect(caseSearch({ detail: false })).toEqual({ detail: undefined });
  });

  test("a brush needs both ends in order", () => {
    const [from, to] = ["2026-11-23T09:39:00.000000Z", "2026-11-23T10:03:00.000000Z"];
    expect(brushOf({ query: `level:error time:${from}..${to}` })).not.toBeNull();
    expect(brushOf({ query: `time:${from}..` })).toBeNull();
    expect(brushOf({ query: `time:${to}..${from}` })).toBeNull();
  });
});

describe("the address of the queue", () => {
  test("holds the whole view", () => {
    const state = queueState(
      parseSearch("?view=mine&severity=P1,P2&text=login loop&sort=updated&row=MS-1042&peek=1"),
    );
    expect(queueState(parseSearch(stringifySearch(queueSearch(state))))).toEqual(state);
    expect(state.severity).toEqual(["P1", "P2"]);
  });

  test("leaves out what is usual", () => {
    expect(stringifySearch(queueSearch(queueState({})))).toBe("");
  });
});
