import { inputError } from '../errors.ts';
import { parseManifest, type SimulationPlan, withSeed } from '../runner/index.ts';
import { manifestKey, type Storage } from '../storage/index.ts';

/** A simulation that is asked for; `drawn` where nobody said its seed. */
export interface AskedSimulation {
  readonly plan: SimulationPlan;
  readonly drawn: boolean;
}

/**
 * The simulations under the seed that they were begun with: that of the manifests of their names, specs and graphs. One
 * command draws one seed, so those that it had not begun yet take that of the others.
 *
 * @throws GossipError `input` where none was begun, or with several seeds
 */
export async function resumed(
  asked: readonly AskedSimulation[],
  storage: Storage,
): Promise<SimulationPlan[]> {
  const begun = await Promise.all(asked.map((simulation) => seedsOf(simulation, storage)));
  if (begun.every(({ seeds }) => seeds.length === 0)) throw nothing(asked, begun, storage);
  const drawn = begun.filter(({ seeds }, i) => asked[i].drawn && seeds.length > 0);
  const [common, ...more] = drawn
    .map(({ seeds }) => seeds)
    .reduce((some, others) => some.filter((seed) => others.includes(seed)), drawn[0]?.seeds ?? []);
  if (drawn.length > 0 && (common === undefined || more.length > 0)) {
    const all = [...new Set(drawn.flatMap(({ seeds }) => seeds))].sort((a, b) => a - b);
    const names = asked.filter(({ drawn }) => drawn).map(({ plan }) => plan.name);
    throw inputError(
      `--resume: ${names.join(', ')} in ${storage.describe()}: begun with the seeds ${all.join(', ')}; choose one with --seed`,
    );
  }
  return asked.map(({ plan, drawn }) =>
    drawn && common !== undefined ? withSeed(plan, common) : plan,
  );
}

/** The seeds that a simulation was begun with, and how many others have its name. */
async function seedsOf(
  { plan, drawn }: AskedSimulation,
  storage: Storage,
): Promise<{ seeds: number[]; others: number }> {
  const seeds: number[] = [];
  let others = 0;
  for await (const folder of storage.folders(`${plan.name}-`)) {
    if (!/^[0-9a-f]{8}$/.test(folder.slice(plan.name.length + 1))) continue;
    const seed = await seedIn(folder, storage);
    const same = seed !== null && (drawn ? withSeed(plan, seed) : plan).folder === folder;
    if (same) seeds.push(seed);
    else others++;
  }
  return { seeds, others };
}

/** Null where there is no manifest of this version. */
async function seedIn(folder: string, storage: Storage): Promise<number | null> {
  const bytes = await storage.get(manifestKey(folder));
  if (bytes === null) return null;
  try {
    return parseManifest(bytes, folder).seed;
  } catch {
    return null;
  }
}

function nothing(
  asked: readonly AskedSimulation[],
  begun: readonly { others: number }[],
  storage: Storage,
): Error {
  const names = asked.map(({ plan }) => plan.name).join(', ');
  const others = begun.reduce((sum, { others }) => sum + others, 0);
  const hint =
    others === 0
      ? ''
      : ` (${others} of the name ${others === 1 ? 'has' : 'have'} another spec, other graphs or another seed)`;
  return inputError(
    `--resume: nothing of ${names} was begun in ${storage.describe()}${hint}; leave out --resume to begin`,
  );
}
