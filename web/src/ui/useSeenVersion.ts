import { useState } from "react";
import { ApiError } from "../api/client.ts";

/**
 * Writes an edit beside the version it was begun on. The server refuses it when somebody else saved a newer
 * one and names what differs: what was typed stays, and the next press is about the newer one.
 */
export function useSeenVersion(begun: number, newest: () => Promise<number>) {
  const [seen, setSeen] = useState(begun);
  const write = async <Saved>(save: (seen: number) => Promise<Saved>): Promise<Saved> => {
    try {
      return await save(seen);
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === "stale") setSeen(await newest());
      throw error;
    }
  };
  return { setSeen, write };
}
