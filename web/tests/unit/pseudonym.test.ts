import { expect, test } from "vitest";
import { pieces, placeholders } from "../../src/redaction/pseudonym.ts";

test("every kind of placeholder is known again, and nothing else", () => {
  const text =
    "é <user-abcdefgh2345> at <ip-abcd-efgh-abcdefgh2345>, 00:1a:2b:<mac-abcdefgh2345> of " +
    "<email-abcdefgh2345>@<domain-zyxwvuts7654> with <password> and <b>bold</b> <user-short> List<token1>";
  const found = placeholders(text);
  expect(found.map(({ text }) => text)).toEqual([
    "<user-abcdefgh2345>",
    "<ip-abcd-efgh-abcdefgh2345>",
    "00:1a:2b:<mac-abcdefgh2345>",
    "<email-abcdefgh2345>@<domain-zyxwvuts7654>",
    "<password>",
  ]);
  expect(found.map(({ kind }) => kind)).toEqual(["user", "ip", "mac", "email", "password"]);
  expect(found.map(({ leadsBack }) => leadsBack)).toEqual([true, true, true, true, false]);
  const whole = pieces(text).map((piece) => (typeof piece === "string" ? piece : piece.text));
  expect(whole.join("")).toBe(text);
});

test("credentials and sessions lead nowhere", () => {
  const [session, key, number] = placeholders(
    "<session-abcdefgh2345> <private-key> <official-number-abcdefgh2345>",
  );
  expect([session?.kind, session?.leadsBack]).toEqual(["session", false]);
  expect([key?.kind, key?.leadsBack]).toEqual(["private-key", false]);
  expect([number?.kind, number?.leadsBack]).toEqual(["official-number", true]);
});

test("the same placeholder is listed once", () => {
  expect(placeholders("<user-abcdefgh2345> <user-abcdefgh2345>")).toHaveLength(1);
  expect(pieces("nothing here")).toEqual(["nothing here"]);
  expect(pieces("")).toEqual([]);
});
