import { useEffect, useState } from 'preact/hooks';
import { useInUrl } from '../../use-in-url.ts';
import { numberIn } from './in-step.ts';

/** Rounds a second that one can choose. */
export const SPEEDS = [1, 2, 5, 10, 30];

/** The one clock of all pictures. */
export interface Playback {
  readonly round: number;
  readonly last: number;
  readonly isPlaying: boolean;
  /** Rounds a second. */
  readonly speed: number;
  /** Shows a round, and stays there. */
  show(round: number): void;
  /** Plays on, from the beginning if it is at the end; or pauses. */
  toggle(): void;
  setSpeed(speed: number): void;
}

/** More than there can be. */
const MOST_ROUNDS = 1e9;

/** Plays rounds 0 to `last`. The round is that of the URL, which follows when nothing has moved for a moment. */
export function usePlayback(params: URLSearchParams, last: number): Playback {
  const inUrl = numberIn(params.get('round'), 0, MOST_ROUNDS, 0);
  const [wanted, setWanted] = useInUrl('compare', inUrl, (round) => ({
    round: round === 0 ? null : `${round}`,
  }));
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(2);
  const round = Math.min(wanted, last);

  useEffect(() => {
    if (!isPlaying) return;
    if (round >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => setWanted(round + 1), 1000 / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, round, last, speed]);

  return {
    round,
    last,
    isPlaying,
    speed,
    show(next) {
      setPlaying(false);
      setWanted(Math.min(last, Math.max(0, next)));
    },
    toggle() {
      if (!isPlaying && round >= last) setWanted(0);
      setPlaying(!isPlaying && last > 0);
    },
    setSpeed,
  };
}
