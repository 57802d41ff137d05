import { describe, expect, test } from "vitest";
import type { Line, LineWindow } from "../../src/api/types.ts";
import { LinePages, PAGE_ROWS, PAGES_MAX } from "../../src/bundle/linePages.ts";

const TOTAL = 100_000;
const settle = () => new Promise((resolve) => setTimeout(resolve));

function fake() {
  const asked: number[] = [];
  const aborted: number[] = [];
  const load = async (offset: number, limit: number, signal: AbortSignal): Promise<LineWindow> => {
    asked.push(offset / limit);
    signal.addEventListener("abort", () => aborted.push(offset / limit));
    const lines = Array.from({ length: limit }, (_, index) => ({ row: offset + index }) as Line);
    return { total: TOTAL, hidden: 7, offset, lines };
  };
  return { pages: new LinePages(load), asked, aborted };
}

describe("line pages", () => {
  test("ask for each page once and answer by position", async () => {
    const { pages, asked } = fake();
    expect(pages.total).toBeNull();
    pages.want(190, 210);
    pages.want(190, 210);
    await settle();
    expect(asked).toEqual([0, 1]);
    expect(pages.total).toBe(TOTAL);
    expect(pages.hidden).toBe(7);
    expect(pages.get(205)?.row).toBe(205);
    expect(pages.get(PAGE_ROWS * 2)).toBeUndefined();
  });

  test("give up on pages that scrolled away before they came", async () => {
    const { pages, asked, aborted } = fake();
    pages.want(0, 10);
    pages.want(50_000, 50_010);
    expect(aborted).toEqual([0]);
    await settle();
    expect(pages.get(0)).toBeUndefined();
    expect(pages.get(50_000)?.row).toBe(50_000);
    expect(asked).toEqual([0, 250]);
  });

  test("forget the page used longest ago", async () => {
    const { pages } = fake();
    for (let page = 0; page < PAGES_MAX; page += 1) {
      pages.want(page * PAGE_ROWS, page * PAGE_ROWS + 1);
      await settle();
    }
    pages.want(0, 1);
    pages.want(PAGES_MAX * PAGE_ROWS, PAGES_MAX * PAGE_ROWS + 1);
    await settle();
    expect(pages.get(0)).toBeDefined();
    expect(pages.get(PAGE_ROWS)).toBeUndefined();
  });

  test("say what failed and ask again on request", async () => {
    let fail = true;
    const pages = new LinePages(async (offset) => {
      if (fail) throw new Error("busy");
      return { total: 1, hidden: 0, offset, lines: [{ row: 0 } as Line] };
    });
    pages.want(0, 1);
    await settle();
    expect(String(pages.error)).toContain("busy");
    fail = false;
    pages.retry(0, 1);
    await settle();
    expect(pages.error).toBeNull();
    expect(pages.get(0)?.row).toBe(0);
  });
});
