import type { MessageInitShape } from '@bufbuild/protobuf';
import { z } from 'zod';
import { createCache } from '../../cache.ts';
import type {
  ListSimulationsRequest,
  ListSimulationsResponseSchema,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { findSimulations } from '../../results/index.ts';
import type { Storage } from '../../storage/index.ts';
import { compareKeys } from '../../storage/storage.ts';
import { simulationMessage, wellFormed } from './messages.ts';
import { pageSize, pageToken, placeOfToken } from './page-token.ts';

type Page = MessageInitShape<typeof ListSimulationsResponseSchema>;

const STANDARD = 200;
const MOST = 1000;
/** Several who look at the same moment are told the same. */
const AGE = 500;
const MOST_REMEMBERED = 4;
const ALL = { folder: null, simulations: null, algorithms: null };

/**
 * SimulationService.listSimulations.
 *
 * @param ended as ReadingOptions has it
 */
export function listSimulations(storage: Storage, ended: () => number) {
  const pages = createCache<Page>({ most: MOST_REMEMBERED, weigh: () => 1, age: AGE });
  return async (request: ListSimulationsRequest): Promise<Page> => {
    const size = pageSize(request.pageSize, STANDARD, MOST);
    const [after] = placeOfToken(request.pageToken, z.tuple([z.string()])) ?? [null];
    return pages.get(JSON.stringify([ended(), size, after]), () => pageAfter(storage, after, size));
  };
}

async function pageAfter(storage: Storage, after: string | null, size: number): Promise<Page> {
  const simulations: ReturnType<typeof simulationMessage>[] = [];
  const problems: string[] = [];
  const rest = { ...storage, folders: () => foldersAfter(storage, after) };
  let last = '';
  for await (const simulation of findSimulations(rest, ALL, addProblem)) {
    if (simulations.length === size) {
      return { simulations, problems, nextPageToken: pageToken([last]) };
    }
    simulations.push(simulationMessage(simulation));
    last = simulation.folder;
  }
  return { simulations, problems };

  function addProblem({ message }: Error) {
    problems.push(wellFormed(message));
  }
}

async function* foldersAfter(storage: Storage, after: string | null): AsyncGenerator<string> {
  for await (const folder of storage.folders('')) {
    if (after === null || compareKeys(folder, after) > 0) yield folder;
  }
}
