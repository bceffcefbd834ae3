import { useState } from 'preact/hooks';
import type { Job, Run } from '../../../gen/gossip/v1/simulation_pb.ts';
import { createHistoryDecoder } from '../../../replay/history-decoder.ts';
import { useStream } from '../../asking.ts';
import { useClient } from '../../client.ts';
import type { KnownHistory } from '../../history.ts';
import { StreamEnded } from '../../retrying.ts';
import { isOver } from '../simulations/job-text.ts';

/** A simulation that is being played, as far as it is known. */
export interface Live {
  readonly job: Job | undefined;
  /** Its finished runs, in the order in which they ended. */
  readonly runs: readonly Run[];
  /** The rounds of one run, as they are played. */
  readonly history: KnownHistory;
  /** Why it cannot be followed, in words. */
  readonly error: string | undefined;
}

/** Follows a simulation that is being played, also where the connection is cut meanwhile. */
export function useLive(id: string): Live {
  const client = useClient();
  const [live, setLive] = useState<Live>(() => ({
    job: undefined,
    runs: [],
    history: { decoder: createHistoryDecoder(), isWhole: false, error: undefined },
    error: undefined,
  }));
  useStream(
    async (signal, answered) => {
      const runs = new Map<string, Run>();
      const decoder = createHistoryDecoder();
      let over = false;
      for await (const message of client.followSimulation({ id }, { signal })) {
        answered();
        for (const run of message.runs) runs.set(`${run.graph}/${run.execution}/${run.run}`, run);
        if (message.part !== undefined) decoder.add(message.part);
        const { job } = message;
        over = job !== undefined && isOver(job);
        setLive((before) => ({
          job: job ?? before.job,
          runs:
            message.runs.length === 0 && before.runs.length === runs.size
              ? before.runs
              : [...runs.values()],
          // What was there stays until there is something to take its place.
          history:
            message.part === undefined || decoder.rounds.length === 0
              ? before.history
              : { decoder, isWhole: false, error: undefined },
          error: undefined,
        }));
      }
      if (!over) throw new StreamEnded('the server ended the stream');
    },
    (error) => setLive((before) => ({ ...before, error })),
    [client, id],
  );
  return live;
}
