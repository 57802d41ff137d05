// A document that people write as JSON, with its button and what the server says of it.
import type { ReactNode } from "react";
import { reasonOf } from "../api/client.ts";
import { Failure, useSubmit } from "./submit.tsx";

export function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${reasonOf(error)}`);
  }
}

interface Props {
  submitLabel: string;
  disabled?: boolean;
  title?: string;
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
}

export function DocumentForm({ submitLabel, disabled, title, onSubmit, children }: Props) {
  const { busy, failure, submit } = useSubmit(onSubmit);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      <Failure reason={failure} />
      <footer className="form-foot">
        <button
          type="submit"
          className="button"
          data-kind="primary"
          disabled={disabled || busy}
          title={title}
        >
          {submitLabel}
        </button>
      </footer>
    </form>
  );
}
