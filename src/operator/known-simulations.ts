import type { Simulation } from './kinds.ts';
import type { SeenSimulation } from './observation.ts';
import { seenSimulation } from './seen-simulation.ts';

/** The Simulations, each as it was seen or written last. */
export interface KnownSimulations {
  /** The newest of what the watch has and of what was written; null where there is none of this key. */
  get(key: string): Simulation | null;
  seen(key: string): SeenSimulation | null;
  all(): SeenSimulation[];
  /** What was written, which the watch will tell of only later. */
  written(key: string, simulation: Simulation): void;
}

/** What is known by a watch's cache, and by what is written beside it. */
export function knownSimulations(watched: ReadonlyMap<string, Simulation>): KnownSimulations {
  const written = new Map<string, Simulation>();
  /** Parsed once for each version. */
  const parsed = new WeakMap<Simulation, SeenSimulation>();

  function get(key: string): Simulation | null {
    const cached = watched.get(key);
    const own = written.get(key);
    if (cached === undefined || own === undefined || !isNewer(own, cached)) {
      written.delete(key);
      return cached ?? null;
    }
    return own;
  }

  function seen(key: string): SeenSimulation | null {
    const simulation = get(key);
    if (simulation === null) return null;
    const known = parsed.get(simulation) ?? seenSimulation(simulation);
    parsed.set(simulation, known);
    return known;
  }

  return {
    get,
    seen,
    all: () => [...watched.keys()].map(seen).filter((one) => one !== null),
    written: (key, simulation) => void written.set(key, simulation),
  };
}

/** Versions of one object are numbers that grow. */
function isNewer(one: Simulation, other: Simulation): boolean {
  if (one.metadata?.uid !== other.metadata?.uid) return false;
  const [a = '', b = ''] = [one, other].map(({ metadata }) => metadata?.resourceVersion);
  return a.length === b.length ? a > b : a.length > b.length;
}
