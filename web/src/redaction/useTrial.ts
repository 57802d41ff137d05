// Rules and lines on their way to the server and back, a moment after the last key. What is tried is in no
// cache: it may be a customer's.
import { useEffect, useState } from "react";
import { api, reasonOf } from "../api/client.ts";
import type { TriedRedaction, TryRedaction } from "../api/types.ts";

const WAIT_MS = 300;

interface Trial {
  tried: TriedRedaction | null;
  failure: string | null;
  /** The answer is to what stands there now. */
  fresh: boolean;
}

export function useTrial({ rules, product, path, text }: TryRedaction): Trial {
  const [trial, setTrial] = useState<Trial>({ tried: null, failure: null, fresh: false });
  useEffect(() => {
    setTrial((old) => ({ ...old, fresh: false }));
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.tryRedaction({ rules, product, path, text }, abort.signal).then(
        (tried) => setTrial({ tried, failure: null, fresh: true }),
        (error: unknown) => {
          if (!abort.signal.aborted) setTrial({ tried: null, failure: reasonOf(error), fresh: true });
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [rules, product, path, text]);
  return trial;
}
