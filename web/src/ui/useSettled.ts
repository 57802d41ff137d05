import { useEffect, useState } from "react";

const SETTLE_MS = 250;

/** A value after it rested: what is typed or dragged asks the server once and not at every step. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
