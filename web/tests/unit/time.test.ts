import { describe, expect, test } from "vitest";
import { formatBytes, formatCount, formatShortCount, plural } from "../../src/time/number.ts";
import * as time from "../../src/time/time.ts";

const AT = time.parseMicros("2026-11-23T09:41:07.118402Z");

describe("times", () => {
  test("keep all six digits", () => {
    expect(AT % 1_000_000).toBe(118_402);
    expect(time.toRfc3339(AT)).toBe("2026-11-23T09:41:07.118402Z");
  });

  test.each([
    ["2026-11-23T09:41:07Z", "2026-11-23T09:41:07.000000Z"],
    ["2026-11-23T09:41:07.5Z", "2026-11-23T09:41:07.500000Z"],
    ["2026-11-23T10:41:07.118402+01:00", "2026-11-23T09:41:07.118402Z"],
    ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
  ])("%s is read", (text, expected) => {
    expect(time.toRfc3339(time.parseMicros(text))).toBe(expected);
  });

  test("what is no time is NaN and prints as nothing", () => {
    expect(time.parseMicros("yesterday")).toBeNaN();
    expect(time.parseMicros(null)).toBeNaN();
    expect(time.formatClock(Number.NaN, "UTC", "ms")).toBe("");
  });

  test("are on the 24-hour clock of the zone", () => {
    expect(time.formatClock(AT, "UTC", "ms")).toBe("09:41:07.118");
    expect(time.formatClock(AT, "UTC", "us")).toBe("09:41:07.118402");
    expect(time.formatClock(AT, "Asia/Kolkata", "s")).toBe("15:11:07");
    expect(time.formatClock(AT, "America/Los_Angeles", "m")).toBe("01:41");
    expect(time.formatStamp(AT, "Pacific/Auckland", "m")).toBe("2026-11-23 22:41");
  });

  test("follow a change of the clocks", () => {
    const before = time.parseMicros("2026-10-25T00:30:00Z");
    const after = time.parseMicros("2026-10-25T01:30:00Z");
    expect(time.formatClock(before, "Europe/Berlin", "m")).toBe("02:30");
    expect(time.formatClock(after, "Europe/Berlin", "m")).toBe("02:30");
  });

  test("zones cycle through UTC, the linked one and mine", () => {
    expect(time.nextZone("UTC", null, "Europe/Berlin")).toBe("Europe/Berlin");
    expect(time.nextZone("Europe/Berlin", null, "Europe/Berlin")).toBe("UTC");
    expect(time.nextZone("UTC", "Asia/Tokyo", "Europe/Berlin")).toBe("Asia/Tokyo");
    expect(time.nextZone("Asia/Tokyo", "Asia/Tokyo", "Europe/Berlin")).toBe("Europe/Berlin");
    expect(time.nextZone("UTC", null, "UTC")).toBe("UTC");
  });

  test.each([
    ["9:41", "UTC", "2026-11-23T09:41:00.000000Z"],
    ["09:41:07.118402", "UTC", "2026-11-23T09:41:07.118402Z"],
    ["2026-11-22 23:00:00", "UTC", "2026-11-22T23:00:00.000000Z"],
    ["10:41", "Europe/Berlin", "2026-11-23T09:41:00.000000Z"],
  ])("%s typed in %s is understood", (text, zone, expected) => {
    expect(time.toRfc3339(time.parseTyped(text, zone, AT))).toBe(expected);
  });

  test.each(["25:00", "9", "09:61", "soon", ""])("%j typed is refused", (text) => {
    expect(time.parseTyped(text, "UTC", AT)).toBeNaN();
  });

  test("ages and lengths are coarse", () => {
    expect(time.formatAge(AT, AT + 59_000_000)).toBe("now");
    expect(time.formatAge(AT, AT + 12 * 60_000_000)).toBe("12 m");
    expect(time.formatAge(AT, AT + 47 * 3_600_000_000)).toBe("47 h");
    expect(time.formatAge(AT, AT + 49 * 3_600_000_000)).toBe("2 d");
    expect(time.formatLength(38_200_000)).toBe("38 s");
    expect(time.formatLength(998_000_000)).toBe("16 m 38 s");
    expect(time.formatLength(7_200_000_000)).toBe("2 h");
    expect(time.formatLength(450)).toBe("450 µs");
  });
});

describe("numbers", () => {
  test("are grouped and shortened", () => {
    expect(formatCount(1_234_567)).toBe("1\u202f234\u202f567");
    expect(formatShortCount(412_345)).toBe("412\u202fk");
    expect(formatShortCount(4_944)).toBe("4.9\u202fk");
    expect(formatShortCount(1_900_000)).toBe("1.9\u202fM");
    expect(formatBytes(31_204_551)).toBe("31 MB");
    expect(plural(1, "case")).toBe("1 case");
    expect(plural(0, "case")).toBe("0 cases");
  });
});
