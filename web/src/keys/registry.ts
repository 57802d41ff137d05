// Who answers a command right now. A screen registers handlers on mount; keys, buttons and the palette
// run them by id. Of several enabled answers the highest rank wins, then the newest.
import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { create } from "zustand";
import { useSettings } from "../shell/settings.ts";
import { CATALOG, COMMANDS, type Command } from "./catalog.ts";
import { isCharacterKey, patterns } from "./pattern.ts";

export interface Handler {
  run: () => void;
  /** False greys the command out; a command nobody registered is not offered at all. */
  enabled: boolean;
  /** The highest enabled one answers: an open drawer takes Esc before the screen below it. */
  rank?: number;
}

interface Registry {
  handlers: Record<string, (() => Handler)[]>;
  overlays: number;
}

export const useRegistry = create<Registry>(() => ({ handlers: {}, overlays: 0 }));

type Handlers = Record<string, (() => void) | Handler | undefined>;

/** Offers commands while the component is mounted. Ids are fixed by the first render. */
export function useCommands(handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const ids = Object.keys(handlers).sort().join(" ");
  useEffect(() => {
    const mine = ids.split(" ").map((id) => {
      if (!COMMANDS.has(id)) throw new Error(`no command is called ${id}`);
      const read = (): Handler => {
        const handler = latest.current[id];
        if (typeof handler === "function") return { run: handler, enabled: true };
        return handler ?? { run: () => {}, enabled: false };
      };
      return [id, read] as const;
    });
    useRegistry.setState(({ handlers: all }) => {
      const next = { ...all };
      for (const [id, read] of mine) next[id] = [...(next[id] ?? []), read];
      return { handlers: next };
    });
    return () =>
      useRegistry.setState(({ handlers: all }) => {
        const next = { ...all };
        for (const [id, read] of mine) next[id] = (next[id] ?? []).filter((other) => other !== read);
        return { handlers: next };
      });
  }, [ids]);
}

/** While an overlay is open the commands of the screen below rest. */
export function useOverlay(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    useRegistry.setState(({ overlays }) => ({ overlays: overlays + 1 }));
    return () => useRegistry.setState(({ overlays }) => ({ overlays: overlays - 1 }));
  }, [open]);
}

export function handlerOf(id: string): Handler | null {
  const answers = (useRegistry.getState().handlers[id] ?? []).map((read) => read());
  const enabled = answers.filter((answer) => answer.enabled);
  const top = Math.max(...enabled.map(({ rank }) => rank ?? 0));
  return enabled.findLast(({ rank }) => (rank ?? 0) === top) ?? answers.at(-1) ?? null;
}

export function runCommand(id: string): boolean {
  const handler = handlerOf(id);
  if (!handler?.enabled) return false;
  handler.run();
  return true;
}

/** The commands somebody answers now, in catalog order. */
export function offered(): Command[] {
  return CATALOG.filter(({ id }) => handlerOf(id)?.enabled);
}

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "file"].includes(target.type);
}

const CONTROLS = "button,a,summary,[role=tab],[role=option],[role=menuitem]";
const SCROLLERS = "pre,[role=region],aside,.table-scroll";

/** Enter, the arrows and their family belong to the control that has the focus, if it has a use for them. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement) || key.length === 1) return false;
  if (target.closest("[role=grid]") && !target.closest(CONTROLS)) return false;
  if (key.startsWith("Arrow")) return target !== document.body;
  if (key.startsWith("Shift+Arrow")) return target.closest("[role=tablist],[role=slider]") !== null;
  if (key === "Enter") return target.closest(CONTROLS) !== null;
  if (["PageDown", "PageUp", "Home", "End"].includes(key)) return target.closest(SCROLLERS) !== null;
  return false;
}

function onKey(entries: { command: Command; key: string }[], event: KeyboardEvent): void {
  for (const { command, key } of entries) {
    if (event.defaultPrevented) return;
    if (isTextField(event.target) && !command.inFields) continue;
    if (useRegistry.getState().overlays > 0 && command.id !== "form.submit") continue;
    if (isCharacterKey(key) && !useSettings.getState().characterKeys) continue;
    if (ownsKey(event.target, key)) continue;
    if (runCommand(command.id)) event.preventDefault();
  }
}

/** Listens for every key of the catalog; returns the function that stops. */
export function startKeys(): () => void {
  const byPattern = new Map<string, { command: Command; key: string }[]>();
  for (const command of CATALOG) {
    for (const key of command.keys) {
      for (const pattern of patterns(key)) {
        byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), { command, key }]);
      }
    }
  }
  const map = Object.fromEntries(
    [...byPattern].map(([pattern, entries]) => [pattern, (event: KeyboardEvent) => onKey(entries, event)]),
  );
  return tinykeys(window, map);
}
