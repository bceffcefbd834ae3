import { inputError } from '../errors.ts';
import { type Cluster, CONFIG_MAP, KubernetesError } from '../kubernetes/index.ts';
import { type GraphObject, SIMULATION, type Simulation } from '../operator/kinds.ts';
import type { SeenSimulation } from '../operator/observation.ts';
import { seenSimulation } from '../operator/seen-simulation.ts';
import type { DeploymentSpec } from '../runner/index.ts';
import type { Asked } from './asked.ts';
import {
  type LabeledGraph,
  labeledGraphs,
  lookFor,
  makeGraph,
  refuseFurther,
} from './on-kubernetes-graphs.ts';
import { selectorOf, simulationResourceOf } from './on-kubernetes-resources.ts';
import { refuseOther } from './on-kubernetes-same.ts';
import { readStrategies, strategiesName, strategiesOf } from './on-kubernetes-strategies.ts';

/** Where simulations begin, and as what. */
export interface Beginning {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** What flags say of how they are to be played; it wins over their own. */
  readonly deployment: DeploymentSpec;
  /** Folders of the user's strategies. */
  readonly strategies: readonly string[];
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}

/** A simulation that is in the cluster. */
export interface Begun {
  readonly asked: Asked;
  readonly name: string;
  readonly uid: string;
  readonly deployment: DeploymentSpec;
}

/** How long a cluster that does not answer is asked again at first, in milliseconds. */
const PATIENCE = 5000;

/**
 * Brings simulations and their graphs into the cluster, and puts each that is there into `begun`. One that is there
 * already under its name is taken as it is where it is the same; nothing of others' is changed. Throws GossipError before
 * anything is made where something is in the way.
 */
export async function begin(
  all: readonly Asked[],
  beginning: Beginning,
  begun: Begun[],
): Promise<void> {
  const { namespace } = beginning;
  const there = await simulationsIn(beginning);
  const seed = commonSeed(all, there);
  const wanted = all.map((asked) => {
    const { simulation, plan, drawn } = asked;
    const graphs = plan.graphs.map(({ source }) => source);
    const matchLabels = selectorOf(simulation, graphs);
    const deployment = deploymentOf(asked, beginning);
    const resource = simulationResourceOf(simulation, {
      ...{ matchLabels, deployment },
      seed: drawn ? seed : null,
    });
    const found = there.get(plan.name);
    if (found !== undefined) refuseOther(found, resource, asked, namespace);
    return { asked, graphs, matchLabels, deployment, resource, found };
  });
  const missing = wanted.filter(({ found }) => found === undefined);
  const labeled = labeledGraphs(missing);
  const looked: { readonly graph: LabeledGraph; readonly object: GraphObject | null }[] = [];
  for (const graph of labeled) looked.push({ graph, object: await lookFor(graph, beginning) });
  for (const { asked, matchLabels, graphs } of missing) {
    if (Object.keys(asked.simulation.spec.graphSelector.matchLabels).length > 0)
      await refuseFurther(asked.plan.name, matchLabels, graphs, beginning);
  }

  for (const { graph, object } of looked) await makeGraph(graph, object, beginning);
  for (const { asked, deployment, resource, found } of wanted) {
    const { uid } =
      found === undefined ? await make(asked, resource, beginning) : join(found, beginning);
    begun.push({ asked, name: asked.plan.name, uid, deployment });
    // Its pods wait for it.
    if (found === undefined && needsStrategies(asked))
      await makeStrategies(asked.plan.name, uid, beginning);
  }
}

function join(found: Simulation, { notice }: Beginning): SeenSimulation {
  const seen = seenSimulation(found);
  const { name, status } = seen;
  notice(
    status.state === 'Complete'
      ? `${name} is there already, and complete; another --name plays it again`
      : `${name} is there already, and is followed`,
  );
  return seen;
}

async function make(
  asked: Asked,
  resource: Simulation,
  { cluster, namespace, signal }: Beginning,
): Promise<SeenSimulation> {
  const { name } = asked.plan;
  const metadata = { ...resource.metadata, namespace };
  const made =
    (await cluster.create(SIMULATION, { ...resource, metadata }, { signal })) ??
    // By somebody else just now, or by an attempt of ours whose answer was lost.
    (await cluster.get(SIMULATION, { name, namespace }, { signal }));
  if (made === null) throw inputError(`${name} was made and deleted by somebody else; try again`);
  refuseOther(made, resource, asked, namespace);
  return seenSimulation(made);
}

async function makeStrategies(
  name: string,
  uid: string,
  { cluster, namespace, strategies, signal }: Beginning,
): Promise<void> {
  const configMap = strategiesOf({ name, namespace, uid }, readStrategies(strategies));
  await cluster.create(CONFIG_MAP, configMap, { signal });
}

/** The Simulations of the namespace, by name. */
async function simulationsIn({ cluster, namespace, signal }: Beginning) {
  try {
    const { items } = await cluster.list(SIMULATION, namespace, { signal, patience: PATIENCE });
    return new Map(items.map((item) => [item.metadata?.name ?? '', item]));
  } catch (error) {
    if (!(error instanceof KubernetesError) || error.status !== 404) throw error;
    throw inputError(
      `${cluster.server} knows no Simulations: install gossip there first (kubectl apply -k deploy/try; docs/kubernetes.md)`,
      { cause: error },
    );
  }
}

/**
 * The seed of those that nobody gave one: a single one has its own drawn in the cluster. Several share one, so that they
 * can be compared; it is that of those which are there already, or the one drawn for this command.
 */
function commonSeed(all: readonly Asked[], there: ReadonlyMap<string, Simulation>): number | null {
  const drawn = all.filter((asked) => asked.drawn);
  if (drawn.length < 2) return null;
  for (const { plan } of drawn) {
    const found = there.get(plan.name);
    if (found === undefined) continue;
    const { asked, status } = seenSimulation(found);
    const seed = (typeof asked === 'string' ? undefined : asked.spec.seed) ?? status.seed;
    if (seed !== undefined) return seed;
  }
  return drawn[0].plan.seed;
}

function deploymentOf(asked: Asked, { deployment, strategies }: Beginning): DeploymentSpec {
  const { simulation, plan } = asked;
  return {
    ...simulation.deployment,
    ...(needsStrategies(asked) && {
      strategies: strategiesName(plan.name, readStrategies(strategies)),
    }),
    ...deployment,
  };
}

/** Whether its algorithm is the user's, and no ConfigMap is named that has it. */
function needsStrategies({ simulation, plan }: Asked): boolean {
  return plan.algorithm.sha256 !== null && simulation.deployment?.strategies === undefined;
}
