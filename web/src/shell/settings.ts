// What one person prefers in this browser. The view itself is in the address, never here.
import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Theme = "system" | "light" | "dark" | "contrast";
export type Density = "compact" | "cozy";

interface Settings {
  theme: Theme;
  density: Density;
  characterKeys: boolean;
  /** A dropped bundle shows first what would be hidden in it. */
  previewUploads: boolean;
}

export const useSettings = create<Settings>()(
  persist<Settings>(
    () => ({ theme: "system", density: "compact", characterKeys: true, previewUploads: false }),
    { name: "mainstay.settings" },
  ),
);

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");

export function resolvedTheme(theme: Theme): "light" | "dark" | "contrast" {
  if (theme !== "system") return theme;
  if (contrast.matches) return "contrast";
  return dark.matches ? "dark" : "light";
}

/** Bumped after the attribute changed, so that a canvas knows when to draw again. */
export const useThemeTick = create<{ tick: number }>(() => ({ tick: 0 }));

function apply(): void {
  const { theme, density } = useSettings.getState();
  const root = document.documentElement;
  root.dataset.theme = resolvedTheme(theme);
  root.dataset.density = density;
  useThemeTick.setState(({ tick }) => ({ tick: tick + 1 }));
}

/** Sets the attributes before the first paint and keeps them right. */
export function startTheme(): void {
  apply();
  useSettings.subscribe(apply);
  dark.addEventListener("change", apply);
  contrast.addEventListener("change", apply);
}
