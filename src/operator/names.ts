import { createHash } from 'node:crypto';

/** Longest name of a Service, and of a Job whose pods' host names are its name, a dash and an index. */
const LONGEST_LABEL = 63;
/** "-" and an index up to 99999. */
const INDEX = 6;
const HASH = 8;

/** The labels of all that is made for Simulations, by which it is found and watched. */
export const LABELS = {
  name: 'app.kubernetes.io/name',
  managedBy: 'app.kubernetes.io/managed-by',
  component: 'app.kubernetes.io/component',
  simulation: 'gossip.io/simulation',
  graph: 'gossip.io/graph-index',
} as const;

/** What LABELS.managedBy says. */
export const MANAGER = 'gossip-operator';

/** A Simulation that was there before the operator was installed is played where this annotation says "true". */
export const PLAY_ANNOTATION = 'gossip.io/play';

/** What the objects of a Simulation's graph are called. */
export interface ObjectNames {
  /** The Job of the hosts, their headless Service, and the NetworkPolicy; or the Job of the workers. */
  readonly hosts: string;
  readonly runner: string;
  /** The Secret with the token and the runner's assignment. */
  readonly secret: string;
}

/**
 * Names for the objects of the graph at an index: the Simulation's, cut to fit where it is long, and a hash of its UID,
 * so that one made again under the same name shares nothing with what is still being removed.
 */
export function namesOf(
  { name, uid }: { readonly name: string; readonly uid: string },
  graph: number,
): ObjectNames {
  const hash = createHash('sha256').update(uid).digest('hex').slice(0, HASH);
  const end = `-${hash}-g${graph}`;
  // A Service's name begins with a letter and has no dots.
  const plain = name.replaceAll('.', '-').replace(/^(?=[0-9])/, 's');
  const room = LONGEST_LABEL - INDEX - '-runner'.length - end.length;
  const hosts = `${plain.slice(0, room).replace(/-+$/, '')}${end}`;
  return { hosts, runner: `${hosts}-runner`, secret: `gossip-${uid}-${graph}` };
}
