import { describe, expect, test } from "vitest";
import { citationPath, insertCitation, parseCitation } from "../../src/shell/citation.ts";

describe("citations", () => {
  test("are read and lead somewhere", () => {
    const citation = parseCitation("MS-1042/E7");
    expect(citation).toEqual({ caseNumber: "MS-1042", item: "E7" });
    expect(citationPath(citation!)).toBe("/cases/MS-1042/evidence/E7");
    expect(citationPath(parseCitation("MS-1042/H2")!)).toBe("/cases/MS-1042/hypotheses/H2");
  });

  test.each([
    "MS-1042",
    "E7",
    "MS-1042/X7",
    "MS-1042/E",
    "ms-1042/e7",
    "MS-1042/E7/x",
    "../MS-1/E1",
    null,
    undefined,
  ])("%j is none", (text) => {
    expect(parseCitation(text)).toBeNull();
  });

  test.each([
    ["", 0, "MS-1/E1 ", 8],
    ["see", 3, "see MS-1/E1 ", 12],
    ["see .", 4, "see MS-1/E1.", 11],
    ["(", 1, "(MS-1/E1 ", 9],
  ])("one put into %j at %i gives %j", (text, cursor, expected, after) => {
    expect(insertCitation(text, cursor, cursor, "MS-1/E1")).toEqual({ text: expected, cursor: after });
  });

  test("one replaces what is selected", () => {
    expect(insertCitation("the line here", 4, 8, "MS-1/E1").text).toBe("the MS-1/E1 here");
  });
});
