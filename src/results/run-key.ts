/** A run as the keys of its objects tell it. */
export interface StoredRun {
  /** The folder of its simulation. */
  readonly folder: string;
  /** The simulation's name, which its files begin with. */
  readonly simulation: string;
  readonly graph: string;
  /** From 1. */
  readonly execution: number;
  readonly run: number;
  /** Of the object that the rest was read from. */
  readonly key: string;
  /** `finished`: our mark of a finished run, its row of runs.csv. `summary`: what the published system leaves as well. */
  readonly kind: 'finished' | 'summary';
}

const KEY =
  /^([^/]+)\/(_gossip\/)?([^/]+)(?:\/exec-(\d{1,9}))?(?:\/run-(\d{1,9}))?\/([^/]+)_(run|summary)\.json$/;

/** The run whose row or summary is under a key; null where it is another object's. The inverse of runKey and summaryKey. */
export function runOfKey(key: string): StoredRun | null {
  const match = KEY.exec(key);
  if (match === null) return null;
  const [, folder, own, graph, execution, run, simulation, file] = match;
  if ((own !== undefined) !== (file === 'run') || graph === '_gossip') return null;
  return {
    folder,
    simulation,
    graph,
    execution: Number(execution ?? 1),
    run: Number(run ?? 1),
    key,
    kind: file === 'run' ? 'finished' : 'summary',
  };
}

/** The published folder of a run's objects; it ends in '/'. */
export function publishedFolder({ folder, key, kind }: StoredRun): string {
  const inside = key.slice(folder.length + 1, key.lastIndexOf('/') + 1);
  return `${folder}/${kind === 'finished' ? inside.slice('_gossip/'.length) : inside}`;
}
