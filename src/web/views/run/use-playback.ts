import { useEffect, useRef, useState } from 'preact/hooks';
import type { Position } from './run-params.ts';
import { type CountOf, isEnd, START, stepExchange, stepRound } from './stepping.ts';

/** Steps a second that can be chosen. */
export const SPEEDS = [1, 2, 4, 8, 16, 60] as const;

export type Stride = 'rounds' | 'exchanges';

export interface Playback {
  readonly isPlaying: boolean;
  /** Begins at the start again where the end is reached. */
  toggle(): void;
  pause(): void;
  readonly speed: number;
  setSpeed(speed: number): void;
}

export interface PlaybackSettings {
  readonly position: Position;
  readonly move: (position: Position) => void;
  readonly last: number;
  /** Whether more rounds may come after the last one known. */
  readonly isWhole: boolean;
  readonly stride: Stride;
  readonly countOf: CountOf;
}

/** Moves through a run, so many steps a second. */
export function usePlayback(settings: PlaybackSettings): Playback {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(2);
  const latest = useRef(settings);
  latest.current = settings;

  useEffect(() => {
    if (!isPlaying) return;
    let before = performance.now();
    let due = 0;
    let frame = requestAnimationFrame(function next(now) {
      // A tab that was hidden does not hurry after.
      due = Math.min(due + ((now - before) / 1000) * speed, 2);
      before = now;
      frame = requestAnimationFrame(next);
      if (due < 1) return;
      due -= 1;
      const { position, move, last, isWhole } = latest.current;
      if (!isEnd(position, last)) move(stepped(latest.current) ?? position);
      else if (isWhole) setPlaying(false);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, speed]);

  return {
    isPlaying,
    toggle() {
      const { position, move, last } = latest.current;
      if (!isPlaying && isEnd(position, last)) move(START);
      setPlaying(!isPlaying);
    },
    pause: () => setPlaying(false),
    speed,
    setSpeed,
  };
}

function stepped({ position, last, stride, countOf }: PlaybackSettings): Position | null {
  return stride === 'rounds'
    ? stepRound(position, 1, last)
    : stepExchange(position, 1, last, countOf);
}
