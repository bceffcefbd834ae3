import { useEffect } from 'preact/hooks';

/** What the window's title says before the name of the page; without one, a view's own name stands there. */
export function useTitle(title: string): void {
  useEffect(() => showTitle(title), [title]);
}

export function showTitle(title: string): void {
  document.title = title === '' ? 'Gossip' : `${title.slice(0, 200)} · Gossip`;
}
