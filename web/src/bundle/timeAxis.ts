// The one time axis of the case screen: what the histogram shows, and where the pointer stands on it.
// Every chart draws the same cursor. Not here: the brush and the zoom, which are in the address.
import { create } from "zustand";
import type { Span } from "../case/caseState.ts";

interface TimeAxis {
  /** What the histogram of this bundle shows now. */
  bundle: string;
  axis: Span | null;
  /** Microseconds; null while no chart is pointed at. */
  cursor: number | null;
}

export const useTimeAxis = create<TimeAxis>(() => ({ bundle: "", axis: null, cursor: null }));

export function setAxis(bundle: string, axis: Span | null): void {
  useTimeAxis.setState({ bundle, axis });
}

export function setCursor(cursor: number | null): void {
  useTimeAxis.setState({ cursor });
}
