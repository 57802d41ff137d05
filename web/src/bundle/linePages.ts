// The lines of one selection, fetched by window and kept as a few pages. The whole is never here.
import type { Line, LineWindow } from "../api/types.ts";

export const PAGE_ROWS = 200;
/** 40 pages are 8,000 rows: several screens in both directions, some megabytes at most. */
export const PAGES_MAX = 40;

type Load = (offset: number, limit: number, signal: AbortSignal) => Promise<LineWindow>;

interface Page {
  lines: Line[] | null;
  abort: AbortController | null;
}

export class LinePages {
  total: number | null = null;
  hidden = 0;
  error: unknown = null;
  /** Grows with every change, so that React can tell. */
  version = 0;
  readonly #load: Load;
  /** In order of use: the first is the one used longest ago. */
  readonly #pages = new Map<number, Page>();
  readonly #listeners = new Set<() => void>();

  constructor(load: Load) {
    this.#load = load;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getVersion = (): number => this.version;

  get(position: number): Line | undefined {
    const page = Math.floor(position / PAGE_ROWS);
    return this.#pages.get(page)?.lines?.[position - page * PAGE_ROWS];
  }

  /** Asks for the rows that are missing and gives up on pages nobody looks at any more. */
  want(first: number, end: number): void {
    const firstPage = Math.floor(Math.max(0, first) / PAGE_ROWS);
    const lastPage = Math.floor(Math.max(0, end - 1) / PAGE_ROWS);
    for (const [page, { abort }] of this.#pages) {
      if (abort && (page < firstPage || page > lastPage)) {
        abort.abort();
        this.#pages.delete(page);
      }
    }
    for (let page = firstPage; page <= lastPage; page += 1) {
      const known = this.#pages.get(page);
      if (known) this.#touch(page, known);
      else void this.#fetch(page);
    }
  }

  retry(first: number, end: number): void {
    this.error = null;
    this.want(first, end);
    this.#changed();
  }

  /** Gives up on what is on its way; what is here stays usable. */
  dispose(): void {
    for (const [page, { abort }] of this.#pages) {
      if (!abort) continue;
      abort.abort();
      this.#pages.delete(page);
    }
  }

  #touch(page: number, value: Page): void {
    this.#pages.delete(page);
    this.#pages.set(page, value);
  }

  async #fetch(page: number): Promise<void> {
    const abort = new AbortController();
    this.#pages.set(page, { lines: null, abort });
    try {
      const window = await this.#load(page * PAGE_ROWS, PAGE_ROWS, abort.signal);
      if (abort.signal.aborted) return;
      this.#touch(page, { lines: window.lines, abort: null });
      this.total = window.total;
      this.hidden = window.hidden;
      this.error = null;
      this.#forgetOldest();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#pages.delete(page);
      this.error = error;
    }
    this.#changed();
  }

  #forgetOldest(): void {
    for (const [page, { lines }] of this.#pages) {
      if (this.#pages.size <= PAGES_MAX) return;
      if (lines) this.#pages.delete(page);
    }
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
