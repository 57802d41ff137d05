// Fails when the build is larger than ui.md section 5 allows. Run after `npm run build`.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", DIST)));
const gzipKb = (file) => gzipSync(readFileSync(new URL(file, DIST)), { level: 9 }).length / 1024;
const sum = (files) => [...files].reduce((total, file) => total + gzipKb(file), 0);

/** A chunk with everything it imports at once, without what is loaded later. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}
const files = (keys, of) => new Set([...keys].flatMap((key) => of(manifest[key])));
const scripts = (keys) => files(keys, ({ file }) => [file]);
const styles = (keys) => files(keys, ({ css }) => css ?? []);

const initial = closure("index.html");
const checks = [
  ["initial JS", sum(scripts(initial)), 260],
  ["all CSS", sum(styles(Object.keys(manifest))), 25],
];
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry) continue;
  const own = [...closure(key)].filter((part) => !initial.has(part));
  checks.push([chunk.src, sum(scripts(own)), 120]);
}
for (const [name, kb, limit] of checks) {
  console.log(`${kb > limit ? "OVER" : "ok  "} ${kb.toFixed(1).padStart(6)} of ${limit} KB  ${name}`);
}
if (checks.some(([, kb, limit]) => kb > limit)) process.exit(1);
