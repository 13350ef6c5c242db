import type { Theme } from "../backend";

const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
let chosen: Theme = "system";

dark?.addEventListener("change", paint);

/** Paints the theme and keeps it for `theme.js`, which sets it before the next first paint. */
export function applyTheme(theme: Theme): void {
  chosen = theme;
  try {
    localStorage.setItem("roadbook.theme", theme);
  } catch {
    // Without storage the next start begins with the system's theme.
  }
  paint();
}

function paint(): void {
  const painted = chosen === "system" ? (dark?.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.theme = painted;
}
