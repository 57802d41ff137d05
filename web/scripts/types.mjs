// npm run types         writes src/api/schema.d.ts from the checked-in openapi.json of the server
// npm run types:check   fails when the written file is not what the server says now
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const schema = new URL("../../crates/mainstay-server/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const head = "// Written by `npm run types` from crates/mainstay-server/openapi.json; do not edit.\n\n";

const text = head + astToString(await openapiTS(schema));
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("src/api/schema.d.ts is stale: run `npm run types` and commit what it writes");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
