import { useEffect, useReducer, useRef } from 'preact/hooks';
import { errorText } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { useConnection } from '../../connection.ts';
import type { HistoryPlace } from '../../history.ts';
import { retrying } from '../../retrying.ts';
import type { Exchanges } from './exchanges.ts';

/** The exchanges of the rounds that are looked at. */
export interface KnownExchanges {
  /** Undefined: not there yet. */
  of(round: number): Exchanges | undefined;
  /** Why there are none, in words. */
  readonly problem: string | undefined;
}

/** So many rounds' exchanges are kept. */
const MOST_KEPT = 16;
/** Rounds that are passed by while scrubbing are not asked for, in milliseconds. */
const PAUSE = 80;

/** Asks for the exchanges of these rounds of a run, and keeps some of those before. */
export function useExchanges(place: HistoryPlace, rounds: readonly number[]): KnownExchanges {
  const client = useClient();
  const { version } = useConnection();
  const { folder, graph, execution, run } = place;
  const key = JSON.stringify([folder, graph, execution, run]);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const kept = useRef<Kept>({ key, rounds: new Map(), problem: undefined });
  if (kept.current.key !== key) kept.current = { key, rounds: new Map(), problem: undefined };
  const here = kept.current;
  const missing = rounds.filter((round) => !here.rounds.has(round));

  useEffect(() => {
    if (missing.length === 0) return;
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setTimeout(() => void ask(), here.rounds.size === 0 ? 0 : PAUSE);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };

    async function ask() {
      try {
        for (const round of missing) {
          const asked = { place: { folder, graph, execution, run }, round };
          const answer = await retrying((each) => client.getExchanges(asked, { signal: each }), {
            signal,
          });
          here.rounds.set(round, answer);
          here.problem = undefined;
          for (const old of here.rounds.keys()) {
            if (here.rounds.size > MOST_KEPT && !rounds.includes(old)) here.rounds.delete(old);
          }
          draw(0);
        }
      } catch (error) {
        if (signal.aborted) return;
        here.problem = errorText(error);
        draw(0);
      }
    }
  }, [client, version, key, missing.join(' ')]);

  return { of: (round) => here.rounds.get(round), problem: here.problem };
}

interface Kept {
  readonly key: string;
  readonly rounds: Map<number, Exchanges>;
  problem: string | undefined;
}
