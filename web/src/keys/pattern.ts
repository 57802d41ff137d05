// Keys as we write them (`E`, `?`, `g q`, `Mod+k`) and as tinykeys wants them.

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

function press(text: string): string[] {
  if (text.length > 1) return [text.replace("Mod+", "$mod+")];
  if (/[a-z0-9]/.test(text)) return [text];
  if (/[A-Z]/.test(text)) return [`Shift+${text}`];
  // Punctuation needs Shift on some keyboards and not on others: both count.
  const key = /[\\^$.*+?()[\]{}|]/.test(text) ? `(\\${text})` : `(${text})`;
  return [key, `Shift+${key}`];
}

/** All tinykeys patterns of one key. */
export function patterns(key: string): string[] {
  return key
    .split(" ")
    .map(press)
    .reduce<string[]>((done, next) => done.flatMap((a) => next.map((b) => (a ? `${a} ${b}` : b))), [""]);
}

/** A key without Ctrl, Alt or Meta, of one character: those that WCAG 2.1.4 lets people switch off. */
export function isCharacterKey(key: string): boolean {
  return key.split(" ").some((part) => part.length === 1);
}

const NAMES: Record<string, string> = {
  Escape: "Esc",
  PageDown: "PgDn",
  PageUp: "PgUp",
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** The caps to print: `["Ctrl", "K"]`, `["g", "q"]`, `["⇧", "E"]`. */
export function caps(key: string): string[] {
  return key.split(" ").flatMap((part) => {
    if (part.length === 1) return /[A-Z]/.test(part) ? ["⇧", part] : [part];
    return part.split("+").map((piece) => {
      if (piece === "Mod") return isMac ? "⌘" : "Ctrl";
      if (piece === "Shift") return "⇧";
      return NAMES[piece] ?? (piece.length === 1 ? piece.toUpperCase() : piece);
    });
  });
}
