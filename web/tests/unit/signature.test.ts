import { describe, expect, test } from "vitest";
import { featureText, precisionText, trustText } from "../../src/signature/words.ts";

describe("a feature in words", () => {
  test("a message says what it says, everything else is named", () => {
    expect(featureText("message Tabc", "pool exhausted: <*>")).toBe("pool exhausted: <*>");
    expect(featureText("message Tabc", "")).toBe("message Tabc");
    expect(featureText("change out_of_memory tracker", "")).toBe("out of memory of tracker");
    expect(featureText("shape error_burst", "")).toBe("shape: error burst");
    expect(featureText("kind config", "")).toBe("kind of trouble: config");
    expect(featureText("code ORA-00060", "")).toBe("code ORA-00060");
  });
});

describe("how far to trust a match", () => {
  const of = (false_match: number | null, other_cases_fitting: number, other_cases: number) =>
    trustText({ false_match, other_cases, other_cases_fitting, other_cases_min: 20 });
  test("too few cases are no small number", () => {
    expect(of(null, 0, 1)).toBe(
      "0 of 1 other case would match as well: too few cases to say how often that happens; 20 are needed",
    );
  });
  test("an estimate says what it is made of", () => {
    expect(of(0.01, 0, 98)).toBe(
      "A case without this trouble matches in 1.0 % (0 of 98 other cases would match as well)",
    );
    expect(of(0.25, 4, 18)).toContain("25 %");
  });
  test("no answer is no precision", () => {
    expect(precisionText({ confirmed: 0, answered: 0 })).toBe("Nobody has answered a match yet");
    expect(precisionText({ confirmed: 1, answered: 2 })).toBe("1 of 2 answers confirmed it");
  });
});
