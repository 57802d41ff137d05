import { toastError } from "../shell/toasts.tsx";
import { refreshCase, refreshQueue } from "./live.ts";

/** Runs one write to a case: the screens that show the case ask again, a failure is said. */
export async function write<R>(
  what: string,
  caseNumber: string,
  act: () => Promise<R>,
): Promise<R | undefined> {
  try {
    const answer = await act();
    refreshCase(caseNumber);
    refreshQueue();
    return answer;
  } catch (error) {
    toastError(what, error);
    return undefined;
  }
}
