// The frame around every page: where one is, the time zone, the theme, signing out.

import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { zones } from '../format/time.ts';
import { useApp } from './app-context.ts';
import { ThemeButton } from './theme.tsx';

const pages = [
  ['/overview', 'Overview'],
  ['/payments', 'Payments'],
  ['/events', 'Events'],
  ['/storage', 'Storage'],
] as const;

export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { path } = useLocation();
  const { zone, setZone, signOut } = useApp();
  return (
    <>
      <a class="skip" href="#page">
        Skip to the page
      </a>
      <header class="top">
        <a class="brand" href="/overview">
          Paystrata
        </a>
        <nav aria-label="Pages">
          {pages.map(([address, name]) => (
            <a
              href={address}
              aria-current={(path === '/' ? '/overview' : path).startsWith(address) ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
        <div class="tools">
          <label class="zone">
            <span class="hidden">Time zone</span>
            <select value={zone} onChange={(event) => setZone(event.currentTarget.value)}>
              {zones().map((each) => (
                <option value={each}>{each}</option>
              ))}
            </select>
          </label>
          <ThemeButton />
          <button type="button" onClick={() => signOut()}>
            Sign out
          </button>
        </div>
      </header>
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
