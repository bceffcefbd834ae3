import type { GraphPicture, WatchHostsResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import {
  createHistoryDecoder,
  type HistoryDecoder,
  type RoundFigures,
} from '../../../replay/index.ts';

/** What a stream of WatchHosts has told so far. */
export interface Watched {
  /** Null: the hosts' graph is not known yet. */
  readonly picture: GraphPicture | null;
  /** The rounds seen of the run that is played; of none before its first. */
  readonly decoder: HistoryDecoder;
  /** Hosts that do not answer, each in words. */
  readonly problems: readonly string[];
}

/** Before anything was told. */
export function nothingWatched(): Watched {
  return { picture: null, decoder: createHistoryDecoder(), problems: [] };
}

/** What is known after a message; the decoder is the same one, unless another graph came. */
export function withMessage(
  before: Watched,
  { graph, part, problems }: Pick<WatchHostsResponse, 'graph' | 'part' | 'problems'>,
): Watched {
  const decoder = graph === undefined ? before.decoder : createHistoryDecoder();
  if (part !== undefined) decoder.add(part);
  return { picture: graph ?? before.picture, decoder, problems };
}

/** A figure of each round, from round 0; null where it was not seen. */
export function byRound(
  rounds: readonly RoundFigures[],
  figure: 'distinct' | 'spread',
): (number | null)[] {
  const values: (number | null)[] = new Array((rounds.at(-1)?.round ?? -1) + 1).fill(null);
  for (const figures of rounds) values[figures.round] = figures[figure];
  return values;
}

/** What a round says of all nodes, in words. */
export function roundText(run: number, { round, distinct, holding }: RoundFigures, nodes: number) {
  const values = distinct === 1 ? '1 value' : `${distinct} values`;
  return `Run ${run}, round ${round}: ${values} among ${nodes} nodes, ${holding} hold the final one`;
}
