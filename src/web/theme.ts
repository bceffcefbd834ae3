/** What the page's colors follow. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

const KEY = 'gossip-theme';

/** What was chosen in this browser; `system` where nothing was. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'system';
  } catch {
    // Where storage is forbidden, a choice lasts as long as the page.
    return 'system';
  }
}

/** Shows a theme and keeps it. */
export function chooseTheme(theme: Theme): void {
  show(theme);
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}

/** Shows the stored theme; called before anything is drawn, so that no other flashes up. */
export function showStoredTheme(): void {
  show(storedTheme());
  // Another tab of the page chose.
  addEventListener('storage', ({ key }) => {
    if (key === KEY) show(storedTheme());
  });
}

function show(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
