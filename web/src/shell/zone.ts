import { useEffect, useState } from "react";
import { isZone, myZone, nextZone, UTC } from "../time/time.ts";
import { useView } from "./useView.ts";

/** The zone of the address; without one it is UTC, which is what bundles and colleagues elsewhere share. */
export function useZone(): { zone: string; cycle: () => void } {
  const [search, setView] = useView();
  const linked = search.tz && isZone(search.tz) ? search.tz : null;
  const zone = linked ?? UTC;
  const cycle = () => {
    const next = nextZone(zone, linked, myZone());
    setView({ tz: next === UTC ? undefined : next }, { replace: true });
  };
  return { zone, cycle };
}

/** The time now in microseconds, ticking coarsely; clocks are the only thing that moves by itself. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(() => Date.now() * 1000);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() * 1000), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
