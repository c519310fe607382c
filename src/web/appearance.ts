/** Appearance: this device's choice of theme and density; the system's until one is made. */

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ["normal", "compact"] as const;
export type Density = (typeof DENSITIES)[number];

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

export const chosenTheme = (): Theme =>
  THEMES.find((theme) => theme === localStorage.getItem("due-theme")) ?? "system";

export const chosenDensity = (): Density =>
  DENSITIES.find((density) => density === localStorage.getItem("due-density")) ?? "normal";

export function choose(theme: Theme, density: Density): void {
  localStorage.setItem("due-theme", theme);
  localStorage.setItem("due-density", density);
  applyAppearance();
}

export function applyAppearance(): void {
  const theme = chosenTheme();
  const dark = theme === "dark" || (theme === "system" && prefersDark.matches);
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  document.documentElement.dataset["density"] = chosenDensity();
}

prefersDark.addEventListener("change", applyAppearance);
