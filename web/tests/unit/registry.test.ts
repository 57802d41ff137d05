import { afterEach, describe, expect, test } from "vitest";
import { isTextField, runCommand, startKeys, useRegistry } from "../../src/keys/registry.ts";
import { useSettings } from "../../src/shell/settings.ts";

function offer(id: string, run: () => void, rank = 0): void {
  useRegistry.setState(({ handlers }) => ({
    handlers: { ...handlers, [id]: [...(handlers[id] ?? []), () => ({ run, enabled: true, rank })] },
  }));
}

function press(key: string, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

afterEach(() => {
  useRegistry.setState({ handlers: {}, overlays: 0 });
  useSettings.setState({ characterKeys: true });
  document.body.replaceChildren();
});

describe("the registry", () => {
  test("runs the highest rank, then the newest", () => {
    const ran: string[] = [];
    offer("back", () => ran.push("drawer"), 2);
    offer("back", () => ran.push("screen"));
    offer("back", () => ran.push("newer screen"));
    expect(runCommand("back")).toBe(true);
    expect(ran).toEqual(["drawer"]);
  });

  test("runs nothing that nobody offers", () => {
    expect(runCommand("lines.pin")).toBe(false);
  });

  test("keys run commands, but not in text fields, under overlays or when switched off", () => {
    const stop = startKeys();
    let pinned = 0;
    offer("lines.pin", () => {
      pinned += 1;
    });
    press("p");
    expect(pinned).toBe(1);

    const field = document.createElement("input");
    document.body.append(field);
    press("p", field);
    expect(pinned).toBe(1);

    useRegistry.setState({ overlays: 1 });
    press("p");
    useRegistry.setState({ overlays: 0 });
    expect(pinned).toBe(1);

    useSettings.setState({ characterKeys: false });
    press("p");
    expect(pinned).toBe(1);
    stop();
  });

  test("Enter belongs to the button that has the focus", () => {
    const stop = startKeys();
    let opened = 0;
    offer("queue.open", () => {
      opened += 1;
    });
    const button = document.createElement("button");
    document.body.append(button);
    press("Enter", button);
    expect(opened).toBe(0);
    press("Enter");
    expect(opened).toBe(1);
    stop();
  });

  test("arrows move rows from the page and from a grid, not from a control", () => {
    const stop = startKeys();
    let moved = 0;
    offer("lines.next", () => {
      moved += 1;
    });
    const grid = document.createElement("div");
    grid.setAttribute("role", "grid");
    const region = document.createElement("pre");
    document.body.append(grid, region);
    press("ArrowDown");
    press("ArrowDown", grid);
    expect(moved).toBe(2);
    press("ArrowDown", region);
    expect(moved).toBe(2);
    stop();
  });

  test("a checkbox is no text field", () => {
    const box = document.createElement("input");
    box.type = "checkbox";
    expect(isTextField(box)).toBe(false);
    expect(isTextField(document.createElement("textarea"))).toBe(true);
  });
});
