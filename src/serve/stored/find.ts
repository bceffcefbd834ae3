import { createCache } from '../../cache.ts';
import { nameProblem } from '../../graph/index.ts';
import { findSimulations, type StoredSimulation } from '../../results/index.ts';
import type { Storage } from '../../storage/index.ts';
import { invalid, missing } from './refusals.ts';

/** Finds a stored simulation by its folder. Throws ConnectError where there is none, or no folder can have this name. */
export type FindSimulation = (folder: string) => Promise<StoredSimulation>;

/** Requests that a page makes together are answered from the same look at the storage. */
const AGE = 2000;
const MOST_REMEMBERED = 8;
/** Of what callers wrote, so much is shown. */
const LONGEST_SHOWN = 80;

/** @param ended as ReadingOptions has it */
export function createFindSimulation(storage: Storage, ended: () => number): FindSimulation {
  const found = createCache<StoredSimulation>({ most: MOST_REMEMBERED, weigh: () => 1, age: AGE });
  return async (folder) => {
    refuseFolder(folder);
    return found.get(`${ended()} ${folder}`, () => find(storage, folder));
  };
}

async function find(storage: Storage, folder: string): Promise<StoredSimulation> {
  // A storage may read what it does not list, such as what a symbolic link leads to.
  if (await isListed(storage, folder)) {
    const wanted = { folder, simulations: null, algorithms: null };
    const fail = (problem: Error) => {
      throw problem;
    };
    for await (const simulation of findSimulations(storage, wanted, fail)) return simulation;
  }
  throw missing(`there is no simulation in a folder ${shown(folder)} of the results`);
}

async function isListed(storage: Storage, folder: string): Promise<boolean> {
  for await (const found of storage.folders(folder)) if (found === folder) return true;
  return false;
}

/** Throws ConnectError where this cannot be the name of a folder. */
function refuseFolder(folder: string): void {
  const isName =
    folder !== '' &&
    folder !== '.' &&
    folder !== '..' &&
    !/[/\\\0]/.test(folder) &&
    folder.isWellFormed();
  if (isName && folder.length <= 255) return;
  throw invalid(`folder: ${shown(folder)} is not a name of a folder as ListSimulations gives them`);
}

/** Throws ConnectError where a simulation has no such graph. */
export function refuseGraph({ folder, graphs, manifest }: StoredSimulation, graph: string): void {
  const isThere = graphs.includes(graph);
  // The published system's names came from keys; a manifest may say anything.
  if (isThere && manifest === null) return;
  const problem = nameProblem(graph);
  if (problem !== null) throw invalid(`graph: ${shown(graph)} ${problem}`);
  if (!isThere) throw missing(`there is no graph ${graph} in ${folder}`);
}

/** What callers wrote, made fit for a message. */
export function shown(text: string): string {
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return JSON.stringify(short).replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}
