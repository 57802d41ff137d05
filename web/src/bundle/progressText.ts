import type { Progress } from "../api/types.ts";
import { formatBytes, formatCount } from "../time/number.ts";

const PHASES: Record<Progress["phase"], string> = {
  opening: "Opening the archive",
  reading: "Reading lines",
  mining: "Finding templates",
  storing: "Storing",
};

export function phaseName(progress: Progress | null): string {
  return progress ? PHASES[progress.phase] : "Waiting to be read";
}

/** `12.4 MB of 31 MB · 4 files · 120 000 lines`: what is known, and nothing that is not. */
export function progressText({ done_bytes, total_bytes, files, lines }: Progress): string {
  const size = total_bytes
    ? `${formatBytes(done_bytes)} of ${formatBytes(total_bytes)}`
    : formatBytes(done_bytes);
  const parts = [size];
  if (files) parts.push(`${formatCount(files)} files`);
  if (lines) parts.push(`${formatCount(lines)} lines`);
  return parts.join(" · ");
}
