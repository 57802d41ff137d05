// The conditions of a query that stand side by side, so that a click can add, change and remove one. Not
// here: what a query means; the server reads it (docs/query.md) and names the place of a mistake.

import { parseMicros, toRfc3339 } from "../time/time.ts";

/** One condition at the top of a query, as it is written. */
export interface Condition {
  start: number;
  end: number;
  text: string;
  negated: boolean;
  /** The name before the colon, in lower case. */
  field: string | null;
  values: string[];
}

/** Half-open, in microseconds. */
export interface Span {
  from: number;
  to: number;
}

const NAME = /^([A-Za-z_@$][\w.@$-]*):(?!\/\/)/;
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_\-./@:+]*$/u;

/** Where the condition that begins here ends: quotes, patterns and brackets hold blanks. */
function endOf(query: string, start: number): number {
  let at = start;
  let depth = 0;
  while (at < query.length) {
    const sign = query[at]!;
    if (sign === '"') {
      at = endOfQuotes(query, at);
      continue;
    }
    if (sign === "/" && (at === start || query[at - 1] === ":")) {
      const close = /^\/(?:\\.|[^\\/])+\/(?=[\s)]|$)/.exec(query.slice(at));
      at += close ? close[0].length : 1;
      continue;
    }
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth < 0 || (depth === 0 && /\s/.test(sign))) break;
    at += 1;
  }
  return Math.max(at, start + 1);
}

function endOfQuotes(query: string, start: number): number {
  let at = start + 1;
  while (at < query.length && query[at] !== '"') at += query[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, query.length);
}

export function conditionsOf(query: string): Condition[] {
  const found: Condition[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at]!)) {
      at += 1;
      continue;
    }
    const end = endOf(query, at);
    const text = query.slice(at, end);
    const negated = text.startsWith("-") && text.length > 1;
    const own = negated ? text.slice(1) : text;
    const name = NAME.exec(own);
    const field = name ? name[1]!.toLowerCase() : null;
    const values = name ? valuesIn(own.slice(name[0].length)) : [];
    found.push({ start: at, end, text, negated, field, values });
    at = end;
  }
  return found;
}

/** `a,"b,c"` without the quotes. */
function valuesIn(text: string): string[] {
  const values: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end = at;
    if (text[at] === '"') {
      end = endOfQuotes(text, at);
      values.push(text.slice(at + 1, end - 1).replace(/\\(.)/g, "$1"));
    } else {
      while (end < text.length && text[end] !== ",") end += 1;
      values.push(text.slice(at, end));
    }
    at = end + 1;
  }
  return values;
}

/** As a value of a field: in quotes when something in it would have a meaning. */
export function quoted(value: string): string {
  if (PLAIN.test(value) && !value.includes("..")) return value;
  return `"${value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

/** As words to find. */
export function words(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

/** Alternatives at the top: then nothing can stand beside them without brackets. */
function hasAlternatives(query: string): boolean {
  return conditionsOf(query).some(({ text }) => text === "OR");
}

export function withCondition(query: string, condition: string): string {
  const before = query.trim();
  if (!before) return condition;
  return hasAlternatives(before) ? `(${before}) ${condition}` : `${before} ${condition}`;
}

export function without(query: string, drop: (condition: Condition) => boolean): string {
  if (hasAlternatives(query)) return query.trim();
  return conditionsOf(query)
    .filter((condition) => !drop(condition))
    .map(({ text }) => text)
    .filter((text, index, all) => text !== "AND" || (index > 0 && index < all.length - 1))
    .join(" ");
}

const isOf = (field: string) => (condition: Condition) => condition.field === field && !condition.negated;

/** The values that the query wants of a field. */
export function valuesOf(query: string, field: string): string[] {
  if (hasAlternatives(query)) return [];
  return conditionsOf(query)
    .filter(isOf(field))
    .flatMap(({ values }) => values);
}

/** The query with these values of a field and no others; none drops the condition. */
export function withValues(query: string, field: string, values: readonly string[]): string {
  const rest = without(query, isOf(field));
  return values.length === 0 ? rest : withCondition(rest, `${field}:${values.map(quoted).join(",")}`);
}

/** The query without its time, or with another one. */
export function withTime(query: string, span: Span | null): string {
  const rest = without(query, isOf("time"));
  return span ? withCondition(rest, `time:${toRfc3339(span.from)}..${toRfc3339(span.to)}`) : rest;
}

/** The time that a brush can show: one condition with both ends. */
export function timeOf(query: string): Span | null {
  const conditions = hasAlternatives(query) ? [] : conditionsOf(query).filter(isOf("time"));
  const [from, to] = conditions.length === 1 ? conditions[0]!.values.join(",").split("..") : [];
  const span = { from: parseMicros(from), to: parseMicros(to) };
  return span.from < span.to ? span : null;
}

/** The first words that every record of the query holds: what a list marks. */
export function firstWords(query: string): string {
  if (hasAlternatives(query)) return "";
  const text = conditionsOf(query).find(
    ({ field, negated, text }) =>
      !negated && (field === null || field === "text") && !/^[(/]/.test(text) && text !== "AND",
  );
  if (!text) return "";
  if (text.field === "text") return text.values.join(",");
  return text.text.startsWith('"') ? (valuesIn(text.text)[0] ?? "") : text.text;
}

/** What stands before the cursor and could be completed: a name, or a value of a field. */
export interface Completable {
  start: number;
  field: string | null;
  typed: string;
}

export function completableAt(query: string, cursor: number): Completable | null {
  const before = query.slice(0, cursor);
  const condition = conditionsOf(before).at(-1);
  if (!condition || condition.end < before.length) return { start: cursor, field: null, typed: "" };
  const start = condition.start + (condition.negated ? 1 : 0);
  const own = before.slice(start);
  if (/^["/(]/.test(own)) return null;
  const name = NAME.exec(own);
  if (!name) return { start, field: null, typed: own };
  const comma = own.lastIndexOf(",");
  const from = Math.max(name[0].length, comma + 1);
  const typed = own.slice(from);
  if (/^[<>=/"]/.test(typed)) return null;
  return { start: start + from, field: name[1]!, typed };
}
