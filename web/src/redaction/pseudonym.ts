// Pseudonyms in a redacted text: where they stand and what they stand for. Not here: whom, which only the
// server knows.

const WHAT: Record<string, string> = {
  email: "a mail address",
  domain: "a mail domain",
  ip: "an IP address",
  mac: "a hardware address",
  host: "a host",
  user: "a user name",
  person: "a person",
  phone: "a telephone number",
  card: "a payment card",
  iban: "a bank account",
  ssn: "a social security number",
  "official-number": "an official number",
  location: "a place",
  birthday: "a date of birth",
  session: "a session",
  password: "a password",
  secret: "a secret",
  token: "a token",
  jwt: "a web token",
  cookie: "a cookie",
  "private-key": "a private key",
  hidden: "hidden by a rule of the team",
};
const CONSTANT = ["private-key", "jwt", "token", "password", "secret", "cookie", "hidden"];
const IDENTITY = Object.keys(WHAT).filter((kind) => !CONSTANT.includes(kind));

const LETTERS = "[a-z2-7]{12}";
const PATTERN = new RegExp(
  [
    `(?:[0-9a-f]{2}:){3}<mac-${LETTERS}>`,
    `<email-${LETTERS}>@<domain-${LETTERS}>`,
    `<(?:${IDENTITY.join("|")})-(?:[a-z]{4}-[a-z]{4}-)?${LETTERS}>`,
    `<(?:${CONSTANT.join("|")})>`,
  ].join("|"),
  "g",
);

export interface Placeholder {
  text: string;
  kind: string;
  /** Can the desk lead back from it? From credentials and sessions nothing leads back. */
  leadsBack: boolean;
}

function placeholder(text: string): Placeholder {
  const kind = /<([a-z]+(?:-(?:key|number))?)[->]/.exec(text)?.[1] ?? "hidden";
  return { text, kind, leadsBack: IDENTITY.includes(kind) && kind !== "session" };
}

export function whatIs(kind: string): string {
  return WHAT[kind] ?? kind;
}

/** The text in pieces: plain ones are strings. */
export function pieces(text: string): (string | Placeholder)[] {
  const found: (string | Placeholder)[] = [];
  let at = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match.index > at) found.push(text.slice(at, match.index));
    found.push(placeholder(match[0]));
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push(text.slice(at));
  return found;
}

/** Each placeholder of a text once, in order. */
export function placeholders(text: string): Placeholder[] {
  const all = pieces(text).filter((piece): piece is Placeholder => typeof piece !== "string");
  return all.filter(({ text: one }, index) => all.findIndex((other) => other.text === one) === index);
}
