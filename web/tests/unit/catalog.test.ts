import { describe, expect, test } from "vitest";
import { CATALOG, type Command, collisions } from "../../src/keys/catalog.ts";
import { caps, isCharacterKey, patterns } from "../../src/keys/pattern.ts";

const fake = (scope: Command["scope"], id: string, ...keys: string[]): Command => ({
  id,
  name: id,
  keys,
  scope,
  group: "",
});

describe("the catalog", () => {
  test("has no two commands that fight for a key", () => {
    expect(collisions(CATALOG)).toEqual([]);
  });

  test("has no id twice", () => {
    expect(new Set(CATALOG.map(({ id }) => id)).size).toBe(CATALOG.length);
  });
});

describe("collisions", () => {
  test("finds a screen that takes a global key", () => {
    expect(collisions([fake("global", "help", "?"), fake("queue", "own", "?")])).toEqual(["?: help and own"]);
  });

  test("finds the log view taking a key of the case", () => {
    expect(collisions([fake("case", "note", "c"), fake("lines", "copy", "c")])).toEqual(["c: note and copy"]);
  });

  test("finds a key that is the start of a sequence", () => {
    expect(collisions([fake("global", "go", "g q"), fake("lines", "grep", "g")])).toEqual(["g: go and grep"]);
  });

  test("lets two screens that are never open together share a key", () => {
    expect(collisions([fake("queue", "open", "Enter"), fake("case", "note", "Enter")])).toEqual([]);
  });
});

describe("keys", () => {
  test.each([
    ["e", ["e"]],
    ["E", ["Shift+E"]],
    ["Mod+k", ["$mod+k"]],
    ["g q", ["g q"]],
    ["?", ["(\\?)", "Shift+(\\?)"]],
    ["Shift+ArrowLeft", ["Shift+ArrowLeft"]],
  ])("%s becomes the pattern tinykeys wants", (key, expected) => {
    expect(patterns(key)).toEqual(expected);
  });

  test.each([
    ["j", true],
    ["g q", true],
    ["Mod+k", false],
    ["Escape", false],
    ["Enter", false],
  ])("%s can be switched off: %s", (key, expected) => {
    expect(isCharacterKey(key)).toBe(expected);
  });

  test("capitals show the shift key", () => {
    expect(caps("E")).toEqual(["⇧", "E"]);
    expect(caps("Shift+ArrowLeft")).toEqual(["⇧", "←"]);
  });
});
