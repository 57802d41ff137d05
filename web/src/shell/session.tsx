import { createContext, useContext } from "react";
import type { Session } from "../api/types.ts";

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("the shell shows a screen only with a session");
  return session;
}

/** Whether the person may do it; the server decides again on every write. */
export function useMay(action: string): boolean {
  return useSession().may.includes(action);
}
