import { useQuery } from "@tanstack/react-query";
import { evidenceItemQuery } from "../api/queries.ts";
import type { Evidence } from "../api/types.ts";
import { CitedPlace, useCited } from "./CitedPlace.tsx";

/** The line under the cursor. */
const place = ({ bundle_id, file, line }: Evidence) => ({
  bundle: bundle_id,
  view: "logs",
  at: `${file}:${line}`,
  detail: "1",
});

export function EvidencePlace() {
  const { number, item } = useCited();
  return <CitedPlace found={useQuery(evidenceItemQuery(number, item))} place={place} />;
}
