import { useCallback } from "react";
import { useCase } from "./useCase.ts";

/** Goes to one line in the log view; the filter stays, and the view says so when it hides the line. */
export function useGoToLine(): (bundle: string | null, file: number, line: number) => void {
  const { set } = useCase();
  return useCallback(
    (bundle, file, line) => set({ ...(bundle ? { bundle } : {}), view: "logs", at: { file, line } }),
    [set],
  );
}
