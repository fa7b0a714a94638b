// Dark or light: the system's choice, unless the person makes another.

import { useState } from 'preact/hooks';

const place = 'paystrata.theme';

export function applyTheme(): void {
  const theme = localStorage.getItem(place);
  if (theme !== null) document.documentElement.dataset['theme'] = theme;
}

export function ThemeButton() {
  const [dark, setDark] = useState(isDark());
  const toggle = () => {
    localStorage.setItem(place, dark ? 'light' : 'dark');
    applyTheme();
    setDark(!dark);
  };
  return (
    <button type="button" onClick={toggle} aria-pressed={dark}>
      {dark ? 'Light' : 'Dark'}
    </button>
  );
}

function isDark(): boolean {
  const chosen = localStorage.getItem(place);
  return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
}
