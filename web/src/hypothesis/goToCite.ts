import { useCallback } from "react";
import { api } from "../api/client.ts";
import type { Cite } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { toastError } from "../shell/toasts.tsx";
import { parseMicros } from "../time/time.ts";

/** What of several things at a line a claim is about. */
export interface CiteHint {
  component?: string;
  name?: string;
}

/** Follows a citation to the very record, span or metric point; to its file when that is all there is. */
export function useGoToCite(): (cite: Cite, hint?: CiteHint) => Promise<void> {
  const { set } = useCase();
  return useCallback(
    async (cite, hint = {}) => {
      const { bundle_id: bundle, file, line } = cite;
      try {
        const found = await api.cited(bundle, file, line, hint.component, hint.name);
        if (found.what === "line")
          set({ bundle, view: "logs", at: { file, line: found.line ?? line }, detail: true });
        else if (found.what === "span") {
          set({ bundle, view: "traces", trace: found.trace, span: found.span });
        } else if (found.what === "sample") {
          set({ bundle, view: "metrics", series: found.series, moment: parseMicros(found.at) });
        } else set({ bundle, view: "files", at: { file, line } });
      } catch (error) {
        toastError("Could not follow the citation", error);
      }
    },
    [set],
  );
}
