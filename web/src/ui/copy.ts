import { toast } from "../shell/toasts.tsx";

/** Copies and says so; without clipboard permission the text is shown, so that it can still be taken. */
export function copyText(text: string, done: string): void {
  const shown = () => toast(`Copy this: ${text}`);
  if (!navigator.clipboard) shown();
  else navigator.clipboard.writeText(text).then(() => toast(`${done}: ${text}`), shown);
}
