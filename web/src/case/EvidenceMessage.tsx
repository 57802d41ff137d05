import type { Evidence } from "../api/types.ts";

/** What the pinned line says. Its header (time, level, logger) is shown beside it and not repeated. */
export function EvidenceMessage({ item }: { item: Evidence }) {
  return item.excerpt.slice(item.body_start).trim() || item.excerpt;
}
