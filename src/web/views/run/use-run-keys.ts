import { useEffect, useRef } from 'preact/hooks';
import { CAMERA_KEYS } from '../../graph/camera-keys.ts';
import { isTaken, useKeyHelp } from '../../keys.ts';
import { type Action, actionOf, RUN_KEYS } from './run-keys.ts';
import { START, stepRound } from './stepping.ts';
import type { Moments } from './use-moments.ts';

const HELP = { title: 'A run', keys: [...RUN_KEYS, ...CAMERA_KEYS] };

/** Plays and steps by keys, wherever the focus is that takes them not for itself. */
export function useRunKeys(
  { position, last, go, goWithin, playback }: Moments,
  { search, leave }: { readonly search: () => void; readonly leave: () => void },
): void {
  useKeyHelp(HELP);
  const actions: Readonly<Record<Action, () => void>> = {
    play: playback.toggle,
    'next-round': () => go(stepRound(position, 1, last)),
    'previous-round': () => go(stepRound(position, -1, last)),
    'next-exchange': () => goWithin(1),
    'previous-exchange': () => goWithin(-1),
    start: () => go(START),
    end: () => go({ round: last, exchange: null }),
    search,
    'leave-node': leave,
  };
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action === null || isTaken(event)) return;
      if (event.key === ' ' && isPressed(event.target)) return;
      event.preventDefault();
      latest.current[action]();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

/** Whether the space bar presses what has the focus. */
function isPressed(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, [role=slider]') !== null;
}
