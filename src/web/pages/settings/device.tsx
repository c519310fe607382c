/** This device's appearance, and the sample data. */

import { useState } from "react";
import {
  choose,
  chosenDensity,
  chosenTheme,
  DENSITIES,
  type Density,
  THEMES,
  type Theme,
} from "../../appearance.ts";
import { Button } from "../../ui/button.tsx";
import { Choices, Problems } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { useAct } from "./access-calls.ts";

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  system: "as the system",
  light: "light",
  dark: "dark",
};

export function Appearance() {
  const [theme, setTheme] = useState(chosenTheme);
  const [density, setDensity] = useState(chosenDensity);
  const set = (nextTheme: Theme, nextDensity: Density): void => {
    setTheme(nextTheme);
    setDensity(nextDensity);
    choose(nextTheme, nextDensity);
  };
  return (
    <Section title="This device">
      <div className="stack">
        <Choices
          label="Light or dark"
          name="theme"
          value={theme}
          choices={THEMES.map((value) => ({ value, label: THEME_WORDS[value] }))}
          onChange={(value) => set(value as Theme, density)}
        />
        <Choices
          label="Density"
          name="density"
          value={density}
          choices={DENSITIES.map((value) => ({ value, label: value }))}
          onChange={(value) => set(theme, value as Density)}
        />
      </div>
    </Section>
  );
}

export function Sample({ isLoaded }: { readonly isLoaded: boolean }) {
  const { problems, send } = useAct();
  return (
    <Section
      title="Sample data"
      says={
        isLoaded
          ? "An invented company's evening is loaded; everything of it is marked SAMPLE."
          : "No sample data are loaded."
      }
    >
      {isLoaded ? (
        <Button onClick={() => void send("/sample/wipe")}>Wipe the sample data</Button>
      ) : (
        <Button onClick={() => void send("/sample/load")}>Load the sample data</Button>
      )}
      <Problems problems={problems} />
    </Section>
  );
}
