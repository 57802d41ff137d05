import type { ReactNode } from "react";
import { COMMANDS } from "../keys/catalog.ts";
import { runCommand } from "../keys/registry.ts";
import { Keys } from "./Keys.tsx";

interface Props {
  command: string;
  children: ReactNode;
  kind?: "primary" | "quiet" | "danger";
  disabled?: boolean;
  /** Why it is greyed out; shown on hover and read out. */
  why?: string;
  hideKeys?: boolean;
}

/** A button that runs a command of the catalog and shows its key. */
export function CommandButton({ command, children, kind, disabled, why, hideKeys }: Props) {
  const name = COMMANDS.get(command)?.name;
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      disabled={disabled}
      title={disabled && why ? why : name}
      onClick={() => runCommand(command)}
    >
      {children}
      {!hideKeys && <Keys of={command} />}
    </button>
  );
}
