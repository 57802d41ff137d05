import X from "lucide-react/icons/x";
import { create } from "zustand";
import { reasonOf } from "../api/client.ts";

interface Toast {
  id: number;
  text: string;
  tone: "info" | "error";
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 6000;
const ERROR_SHOWN_MS = 15_000;
const SHOWN_MAX = 4;
const useToasts = create<{ list: Toast[] }>(() => ({ list: [] }));
let lastId = 0;

function dismiss(id: number): void {
  useToasts.setState(({ list }) => ({ list: list.filter((toast) => toast.id !== id) }));
}

export function toast(text: string, more: Partial<Pick<Toast, "tone" | "action">> = {}): void {
  lastId += 1;
  const added: Toast = { id: lastId, text, tone: "info", ...more };
  useToasts.setState(({ list }) => ({
    list: [...list.filter((old) => old.text !== text), added].slice(-SHOWN_MAX),
  }));
  setTimeout(() => dismiss(added.id), added.tone === "error" ? ERROR_SHOWN_MS : SHOWN_MS);
}

/** Says what failed and, when the server told, what to do next. */
export function toastError(what: string, error: unknown): void {
  const why = reasonOf(error);
  toast(`${what}: ${why}`, { tone: "error" });
}

export function Toasts() {
  const list = useToasts((state) => state.list);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((entry) => (
        <div key={entry.id} className="toast" data-tone={entry.tone}>
          <span>{entry.text}</span>
          {entry.action && (
            <button
              type="button"
              className="link"
              onClick={() => {
                entry.action?.run();
                dismiss(entry.id);
              }}
            >
              {entry.action.label}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss"
            onClick={() => dismiss(entry.id)}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
