// One press of a form's button: once at a time, and what went wrong stays beside it.
import { useState } from "react";
import { reasonOf } from "../api/client.ts";

interface Submit {
  busy: boolean;
  failure: string | null;
  submit: () => Promise<void>;
}

export function useSubmit(action: () => Promise<unknown>): Submit {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await action();
    } catch (error) {
      setFailure(reasonOf(error));
    }
    setBusy(false);
  };
  return { busy, failure, submit };
}

export function Failure({ reason }: { reason: string | null }) {
  if (reason === null) return null;
  return (
    <p className="failure" role="alert">
      {reason}
    </p>
  );
}
