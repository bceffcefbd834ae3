import { Code, ConnectError } from '@connectrpc/connect';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Job } from '../gen/gossip/v1/simulation_pb.ts';
import type { SimulationClient } from './client.ts';
import { retrying, StreamEnded, wake } from './retrying.ts';
import { whileShown } from './shown.ts';

/** How the page and its server stand. */
export interface Connection {
  /**
   * - `connecting`: the server has not answered yet;
   * - `connected`;
   * - `away`: it cannot be reached, and is tried again;
   * - `none`: there is no server to be connected to, as in an exported page.
   */
  readonly state: 'connecting' | 'connected' | 'away' | 'none';
  /** When it is tried again, milliseconds as Date.now has them; null where it is not waited for. */
  readonly nextAttempt: number | null;
  /**
   * How often the server came back after it was away. What a view asked for may have changed meanwhile: have it in the
   * dependencies of what asks (useAnswer and useStream of asking.ts do).
   */
  readonly version: number;
  /** The simulations that wait, play or are just over there, in the order of WatchServer. */
  readonly jobs: readonly Job[];
}

const BEGINNING: Connection = { state: 'connecting', nextAttempt: null, version: 0, jobs: [] };

/** The one WatchServer stream of a page, which all views share. */
export interface ConnectionSource {
  now(): Connection;
  /** Calls at each change, until what it returns is called. */
  subscribe(changed: () => void): () => void;
  /** Watches the server while the page is shown, until what it returns is called. */
  start(): () => void;
}

export function createConnection(client: SimulationClient): ConnectionSource {
  let connection = BEGINNING;
  const listeners = new Set<() => void>();
  const change = (changes: Partial<Connection>) => {
    connection = { ...connection, ...changes };
    for (const changed of listeners) changed();
  };

  async function watch(signal: AbortSignal, answered: () => void): Promise<never> {
    try {
      for await (const { jobs } of client.watchServer({}, { signal })) {
        answered();
        const back = connection.state === 'away';
        const version = connection.version + (back ? 1 : 0);
        change({ state: 'connected', nextAttempt: null, version, jobs });
        if (back) wake();
      }
    } catch (error) {
      if (error instanceof ConnectError && error.code === Code.Unimplemented) throw error;
      throw new StreamEnded('the stream was cut', { cause: error });
    }
    throw new StreamEnded('the server ended the stream');
  }

  const onAway = (_: unknown, nextAttempt: number) => change({ state: 'away', nextAttempt });
  const watchOn = (signal: AbortSignal) =>
    retrying(watch, { signal, onAway }).catch(() => {
      if (!signal.aborted) change({ state: 'none', nextAttempt: null, jobs: [] });
    });

  return {
    now: () => connection,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    start: () => whileShown(watchOn),
  };
}

const Connected = createContext<ConnectionSource | null>(null);

/** Gives all views below it the connection. */
export const ConnectionProvider = Connected.Provider;

/** How the page and its server stand; the component is drawn again when that changes. */
export function useConnection(): Connection {
  const source = useContext(Connected);
  const [connection, setConnection] = useState(source?.now() ?? BEGINNING);
  useEffect(() => {
    if (source === null) return;
    const changed = () => setConnection(source.now());
    changed();
    return source.subscribe(changed);
  }, [source]);
  return connection;
}

/** The simulations that wait, play or are just over: those of useConnection. */
export function useJobs(): readonly Job[] {
  return useConnection().jobs;
}
