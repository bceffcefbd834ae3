import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { linkWith } from '../../link-with.ts';
import { goTo, parsePlace } from '../../place.ts';
import { type Position, positionChanges } from './run-params.ts';

/** Browsers refuse a page that changes its URL at every frame, in milliseconds. */
const PAUSE = 250;

/**
 * The moment that is looked at: that of the URL, which follows where it stays for a moment, and which is followed where
 * it changes from elsewhere, as by a link.
 */
export function usePosition(named: Position): [Position, (position: Position) => void] {
  const [position, setPosition] = useState(named);
  const written = useRef(textOf(named));
  const text = textOf(named);
  useEffect(() => {
    if (text === written.current) return;
    written.current = text;
    setPosition(named);
  }, [text]);
  useEffect(() => {
    const changed = textOf(position);
    if (changed === written.current) return;
    const timer = setTimeout(() => {
      written.current = changed;
      // The URL as it is now: others change other parts of it.
      const { view, params } = parsePlace(location.hash);
      if (view === 'run') {
        goTo(linkWith('run', params, positionChanges(position)), { replace: true });
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [position]);
  const move = useCallback((next: Position) => {
    setPosition((now) => (textOf(now) === textOf(next) ? now : next));
  }, []);
  return [position, move];
}

function textOf({ round, exchange }: Position): string {
  return `${round}/${exchange ?? ''}`;
}
