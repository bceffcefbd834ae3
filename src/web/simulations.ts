import { useEffect, useState } from 'preact/hooks';
import { JobState, type Simulation } from '../gen/gossip/v1/simulation_pb.ts';
import { errorText } from './asking.ts';
import { useClient } from './client.ts';
import { useConnection } from './connection.ts';
import { retrying } from './retrying.ts';

/** The simulations of the storage, as far as they are known. */
export interface Stored {
  readonly simulations: readonly Simulation[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
  /** Whether these are all. */
  readonly isComplete: boolean;
  readonly error: string | undefined;
}

const NOTHING: Stored = { simulations: [], problems: [], isComplete: false, error: undefined };

/** All simulations of the storage, page after page; listed anew when one ends, and when the server came back. */
export function useSimulations(): Stored {
  const client = useClient();
  const { version, jobs } = useConnection();
  const [stored, setStored] = useState(NOTHING);
  const ended = jobs.filter(({ state }) => state >= JobState.FINISHED).map(({ id }) => id);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    list().catch((error) => {
      if (!signal.aborted) setStored((before) => ({ ...before, error: errorText(error) }));
    });
    return () => ending.abort();

    async function list() {
      let read = NOTHING;
      let pageToken = '';
      do {
        const asked = { pageToken };
        const page = await retrying(() => client.listSimulations(asked, { signal }), { signal });
        pageToken = page.nextPageToken;
        read = {
          ...read,
          simulations: [...read.simulations, ...page.simulations],
          problems: [...read.problems, ...page.problems],
          isComplete: pageToken === '',
        };
        const now = read;
        // What is shown already should not vanish while it is listed anew.
        setStored((before) => (before.isComplete && !now.isComplete ? before : now));
      } while (pageToken !== '');
    }
  }, [client, version, ended.join(' ')]);
  return stored;
}
