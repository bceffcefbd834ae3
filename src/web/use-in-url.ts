import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Change, linkWith } from './link-with.ts';
import { goTo, parsePlace, type ViewName } from './place.ts';

/** Browsers allow about a hundred changes of the URL in half a minute; in milliseconds. */
const PAUSE = 350;

/**
 * What the URL of a view says, where it changes fast, as by typing: it is changed here at once, and the URL follows when
 * it has stayed for a moment. Where the URL changes from elsewhere, as by a link, it is followed.
 *
 * @param inUrl what the URL says now
 * @param changesOf the parameters that say it, as linkWith takes them; the same for what is the same
 */
export function useInUrl<T>(
  view: ViewName,
  inUrl: T,
  changesOf: (value: T) => Readonly<Record<string, Change>>,
): [T, (value: T) => void] {
  const textOf = (one: T) => JSON.stringify(changesOf(one));
  const [value, setValue] = useState(inUrl);
  const text = textOf(inUrl);
  const written = useRef(text);
  useEffect(() => {
    if (text === written.current) return;
    written.current = text;
    setValue(inUrl);
  }, [text]);
  useEffect(() => {
    const changed = textOf(value);
    if (changed === written.current) return;
    const timer = setTimeout(() => {
      written.current = changed;
      // The URL as it is now: others change other parts of it.
      const place = parsePlace(location.hash);
      if (place.view === view) {
        goTo(linkWith(view, place.params, changesOf(value)), { replace: true });
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  const change = useCallback((next: T) => {
    setValue((now) => (textOf(now) === textOf(next) ? now : next));
  }, []);
  return [value, change];
}
