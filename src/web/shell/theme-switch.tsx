import { useState } from 'preact/hooks';
import { chooseTheme, storedTheme, THEMES, type Theme } from '../theme.ts';

const NAMES: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' };

export function ThemeSwitch() {
  const [chosen, setChosen] = useState(storedTheme);
  return (
    <label class="theme">
      <span class="unseen">Colors</span>
      <select
        value={chosen}
        onChange={({ currentTarget }) => {
          const theme = currentTarget.value as Theme;
          chooseTheme(theme);
          setChosen(theme);
        }}
      >
        {THEMES.map((theme) => (
          <option key={theme} value={theme}>
            {NAMES[theme]}
          </option>
        ))}
      </select>
    </label>
  );
}
