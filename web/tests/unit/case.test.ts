import { describe, expect, test } from "vitest";
import { addPending, withProgress } from "../../src/api/live.ts";
import type { Bundle, CaseDetail, Evidence, Finding, TimelineEntry } from "../../src/api/types.ts";
import { progressText } from "../../src/bundle/progressText.ts";
import { entryTitle } from "../../src/case/entryTitle.ts";
import { momentsOf, withDays } from "../../src/case/moments.tsx";
import { chooseBundle } from "../../src/case/useCase.ts";
import { matches } from "../../src/keys/Palette.tsx";

const bundle = (patch: Partial<Bundle>) =>
  ({ id: "b", state: "ready", received_at: "2026-01-01", ...patch }) as Bundle;
const entry = (patch: Partial<TimelineEntry>) =>
  ({
    kind: "opened",
    at: "2026-11-23T09:00:00Z",
    actor: { name: "Mara" },
    audience: null,
    ...patch,
  }) as TimelineEntry;

describe("the bundle that is looked at", () => {
  const old = bundle({ id: "old", received_at: "2026-01-01" });
  const reading = bundle({ id: "new", received_at: "2026-01-02", state: "reading" });

  test("is the one of the address, else the newest ready one, else the newest", () => {
    expect(chooseBundle([old, reading], "new")?.id).toBe("new");
    expect(chooseBundle([reading, old], null)?.id).toBe("old");
    expect(chooseBundle([reading], null)?.id).toBe("new");
    expect(chooseBundle([], "gone")).toBeNull();
  });
});

describe("live events", () => {
  test("of one case count once", () => {
    const once = addPending({}, "queue", "MS-1");
    expect(addPending(once, "queue", "MS-1")).toBe(once);
    expect(addPending(once, "queue", "MS-2").queue).toEqual(["MS-1", "MS-2"]);
  });

  test("put progress into the right bundle only", () => {
    const detail = { bundle_list: [bundle({ id: "a" }), bundle({ id: "b" })] } as CaseDetail;
    const progress = {
      phase: "reading",
      done_bytes: 1,
      total_bytes: 2,
      files: 0,
      lines: 0,
      current: null,
    } as const;
    const next = withProgress(detail, { bundle_id: "b", case_number: "MS-1", progress });
    expect(next?.bundle_list.map((one) => one.progress?.phase)).toEqual([undefined, "reading"]);
  });

  test("progress says what is known", () => {
    expect(
      progressText({
        phase: "reading",
        done_bytes: 1_000_000,
        total_bytes: null,
        files: 3,
        lines: 0,
        current: null,
      }),
    ).toBe("1.0 MB · 3 files");
  });
});

describe("the timeline", () => {
  test.each([
    [{ kind: "severity_set", from: "P2", to: "P1" }, "changed severity P2 to P1"],
    [{ kind: "noted", audience: "public" }, "replied to the customer"],
    [{ kind: "evidence_pinned", evidence: "E7" }, "pinned E7"],
    [{ kind: "something_new" }, "something new"],
  ] as const)("names %j", (patch, expected) => {
    expect(entryTitle(entry(patch as Partial<TimelineEntry>))).toBe(expected);
  });

  test("merges what the evidence shows with what the desk did, by time", () => {
    const evidence = {
      number: "E1",
      at: "2026-11-23T08:00:00Z",
      pinned: true,
      source: "db",
      excerpt: "x",
    } as Evidence;
    const finding = { id: 1, at: "2026-11-23T08:30:00Z", title: "burst", cites: [] } as unknown as Finding;
    const late = entry({ kind: "noted", at: "2026-11-24T01:00:00Z", sequence: 2 });
    const moments = momentsOf([entry({ sequence: 1 }), late], [evidence], [finding], []);
    expect(moments.map(({ lane }) => lane)).toEqual(["evidence", "finding", "change", "note"]);
    expect(withDays(moments, "UTC").map(({ day }) => day)).toEqual(["2026-11-23", null, null, "2026-11-24"]);
  });
});

test("the palette wants every word", () => {
  expect(matches("next err", "Next error Move")).toBe(true);
  expect(matches("next warn", "Next error Move")).toBe(false);
  expect(matches("", "anything")).toBe(true);
});
