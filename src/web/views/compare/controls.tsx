import { useEffect, useRef } from 'preact/hooks';
import { roundAfterKey } from '../../charts/lines.ts';
import { isTaken, useKeyHelp } from '../../keys.ts';
import { type Playback, SPEEDS } from './playback.ts';

const KEYS = {
  title: 'Compare',
  keys: [
    ['Space', 'play or pause'],
    ['← →', 'a round back or on'],
    ['Home End', 'the first or the last round'],
  ],
} as const;

/** Plays all pictures together; keys work wherever nothing else needs them. */
export function Controls({ playback }: { playback: Playback }) {
  const { round, last, isPlaying, speed } = playback;
  const latest = useRef(playback);
  latest.current = playback;
  useKeyHelp(KEYS);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { target } = event;
      const isOnButton = target instanceof Element && target.closest('button, a, summary') !== null;
      if (isTaken(event) || event.shiftKey) return;
      const now = latest.current;
      const next = roundAfterKey(event.key, now.round, now.last);
      if (event.key === ' ' && !isOnButton) now.toggle();
      else if (next !== null && !VERTICAL.test(event.key)) now.show(next);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return (
    <section class="row controls" aria-label="Playback of all">
      <button type="button" class="main" onClick={playback.toggle} disabled={last === 0}>
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <button
        type="button"
        aria-label="A round back"
        onClick={() => playback.show(round - 1)}
        disabled={round === 0}
      >
        ◀
      </button>
      <button
        type="button"
        aria-label="A round on"
        onClick={() => playback.show(round + 1)}
        disabled={round >= last}
      >
        ▶
      </button>
      <label class="row grow">
        <span class="counter">
          Round {round} of {last}
        </span>
        <input
          type="range"
          class="grow"
          min={0}
          max={last}
          value={round}
          aria-label="Round"
          onInput={({ currentTarget }) => playback.show(Number(currentTarget.value))}
        />
      </label>
      <label class="row">
        Rounds a second
        <select
          value={speed}
          onChange={({ currentTarget }) => playback.setSpeed(Number(currentTarget.value))}
        >
          {SPEEDS.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** Keys that scroll the page. */
const VERTICAL = /^(ArrowUp|ArrowDown|PageUp|PageDown)$/;
