import { Code, ConnectError } from '@connectrpc/connect';
import { useEffect, useState } from 'preact/hooks';
import { useConnection } from './connection.ts';
import { retrying } from './retrying.ts';
import { whileShown } from './shown.ts';

/** What came of asking the server for something. */
export interface Answer<T> {
  /** The last answer; while the same is asked again, as after the server was away, it stays. */
  readonly value: T | undefined;
  /** Why there is none, in words for people. */
  readonly error: string | undefined;
  /** The error itself, for its code and details. */
  readonly cause: unknown;
  readonly asking: boolean;
}

const ASKING: Answer<never> = {
  value: undefined,
  error: undefined,
  cause: undefined,
  asking: true,
};

/**
 * Asks the server, again when one of `about` changes (compared one by one, as dependencies of an effect; strings and
 * numbers rather than objects) or the server came back. While it cannot be reached it is tried again.
 *
 * @example
 * const { value, error } = useAnswer((signal) => client.getSimulation({ folder }, { signal }), [client, folder]);
 */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  about: readonly unknown[],
): Answer<T> {
  const { version } = useConnection();
  const [answered, setAnswered] = useState<{ about: readonly unknown[]; answer: Answer<T> }>();
  const known = answered !== undefined && same(answered.about, about) ? answered.answer : ASKING;
  useEffect(() => {
    const ending = new AbortController();
    const answer = (given: Answer<T>) => {
      if (!ending.signal.aborted) setAnswered({ about, answer: given });
    };
    if (!known.asking) answer({ ...known, asking: true });
    retrying(ask, { signal: ending.signal }).then(
      (value) => answer({ value, error: undefined, cause: undefined, asking: false }),
      (cause) => answer({ value: undefined, error: errorText(cause), cause, asking: false }),
    );
    return () => ending.abort();
  }, [version, ...about]);
  return known;
}

/**
 * Follows a stream while the page is shown, from its beginning when one of `about` changes, the tab is shown again, or
 * the connection was cut. `follow` ends when the stream does, for good; where it should have gone on, it throws
 * StreamEnded. It calls `answered` at its messages, so that pauses are short again.
 *
 * @example
 * useStream(async (signal, answered) => {
 *   for await (const message of client.followSimulation({ id }, { signal })) {
 *     answered();
 *     setJob(message.job);
 *   }
 * }, setProblem, [client, id]);
 */
export function useStream(
  follow: (signal: AbortSignal, answered: () => void) => Promise<void>,
  onError: (text: string, cause: unknown) => void,
  about: readonly unknown[],
): void {
  useEffect(
    () =>
      whileShown((signal) =>
        retrying(follow, { signal }).catch((cause) => {
          if (!signal.aborted) onError(errorText(cause), cause);
        }),
      ),
    [...about],
  );
}

/** What an error says, for people. */
export function errorText(error: unknown): string {
  if (error instanceof ConnectError) {
    if (error.code === Code.Internal || error.code === Code.Unknown)
      return `the server failed: ${error.rawMessage || 'it does not say why'}`;
    if (error.code === Code.Unauthenticated) return 'enter the token of this server first';
    return error.rawMessage;
  }
  return error instanceof Error ? error.message : String(error);
}

function same(these: readonly unknown[], those: readonly unknown[]): boolean {
  return these.length === those.length && these.every((one, index) => Object.is(one, those[index]));
}
