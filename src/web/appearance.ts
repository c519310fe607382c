/**
 * Appearance: this device's choice of theme and density. Until one is made styles follow the system
 * (tokens.css), and nothing is said in the page: a word there would have all of it styled once more.
 */

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ["normal", "compact"] as const;
export type Density = (typeof DENSITIES)[number];

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
  const { dataset } = document.documentElement;
  const theme = chosenTheme();
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
  dataset["density"] = chosenDensity();
}
