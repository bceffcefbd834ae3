import { useEffect, useState } from 'preact/hooks';

/** The views there are; each is a folder below views/. */
export const VIEWS = ['simulations', 'run', 'compare', 'start', 'hosts'] as const;

export type ViewName = (typeof VIEWS)[number];

/** Where the page is. All that a view shows follows from it, so that a link leads back to the same. */
export interface Place {
  readonly view: ViewName;
  readonly params: URLSearchParams;
}

/** The place that a URL's fragment names, such as "#/run?simulation=club-1a2b3c4d&graph=karate&round=2". */
export function parsePlace(fragment: string): Place {
  const [, name = '', query = ''] = /^#?\/?([a-z]*)(?:\?(.*))?$/s.exec(fragment) ?? [];
  const view = VIEWS.find((known) => known === name) ?? 'simulations';
  return { view, params: new URLSearchParams(query) };
}

/** The inverse of parsePlace. Parameters that are null, undefined or empty are left out. */
export function placeLink(
  view: ViewName,
  params: Readonly<Record<string, string | number | null | undefined | readonly string[]>> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') query.append(name, `${one}`);
    }
  }
  const text = query.toString();
  return `#/${view}${text === '' ? '' : `?${text}`}`;
}

/** Goes to a link of placeLink. `replace`: the way back leads to where one was before, for what changes fast. */
export function goTo(link: string, { replace = false } = {}): void {
  if (link === location.hash) return;
  if (replace) history.replaceState(null, '', link);
  else history.pushState(null, '', link);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** The place now; the component is drawn again when it changes. */
export function usePlace(): Place {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const changed = () => setFragment(location.hash);
    addEventListener('hashchange', changed);
    addEventListener('popstate', changed);
    return () => {
      removeEventListener('hashchange', changed);
      removeEventListener('popstate', changed);
    };
  }, []);
  return parsePlace(fragment);
}
