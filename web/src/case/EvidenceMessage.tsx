import { useQuery } from "@tanstack/react-query";
import { evidenceLineQuery } from "../api/queries.ts";
import type { Evidence } from "../api/types.ts";

/** What the pinned line says. Its header (time, level, logger) is shown beside it and not repeated. */
export function EvidenceMessage({ item }: { item: Evidence }) {
  const found = useQuery(evidenceLineQuery(item.bundle_id, item.file, item.line));
  const message = found.data?.body.trim();
  // Until it is known the place is kept, so that nothing moves when it comes.
  if (found.isPending) return <span className="waiting">{item.excerpt}</span>;
  return message || item.excerpt;
}
