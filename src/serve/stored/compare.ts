import { setImmediate } from 'node:timers/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ComparedSchema,
  CompareSimulationsRequest,
  CompareSimulationsResponseSchema,
  Contestant,
} from '../../gen/gossip/v1/simulation_pb.ts';
import type { StoredSimulation } from '../../results/index.ts';
import { roundsOf, type SpeedUp, speedUpOf, summarize, unpairedBy } from '../../runner/index.ts';
import { quantile } from '../../statistics/index.ts';
import type { PartialRunRow } from '../../storage/index.ts';
import { parametersOf, parametersOfRun } from './executions.ts';
import { type FindSimulation, refuseGraph } from './find.ts';
import { summaryMessage, wellFormed } from './messages.ts';
import { invalid, missing, tooLarge } from './refusals.ts';
import type { RowsOf } from './rows.ts';

const MOST_CONTESTANTS = 16;
/** Of one contestant: each is a dot in a picture, and drawn two thousand times for an interval. */
const MOST_RUNS = 20_000;
const QUARTILES = [0, 0.25, 0.5, 0.75, 1];

/** A contestant with its runs. */
interface Entered {
  readonly simulation: StoredSimulation;
  readonly graph: string;
  readonly execution: number;
  readonly runs: readonly PartialRunRow[];
}

/** SimulationService.compareSimulations. */
export function compareSimulations(find: FindSimulation, rowsOf: RowsOf) {
  async function enter({ folder, graph, execution }: Contestant): Promise<Entered> {
    const simulation = await find(folder);
    refuseGraph(simulation, graph);
    const entered = { simulation, graph, execution: execution || 1 };
    const runs: PartialRunRow[] = [];
    for await (const row of rowsOf(simulation, graph)) {
      if (row.execution === entered.execution) runs.push(row);
      if (runs.length > MOST_RUNS) {
        throw tooLarge(`${folder} has over ${MOST_RUNS} runs of one execution on ${graph}`);
      }
    }
    if (runs.length > 0) return { ...entered, runs };
    throw missing(`${folder} has no finished run of execution ${entered.execution} on ${graph}`);
  }

  return async ({
    contestants,
  }: CompareSimulationsRequest): Promise<
    MessageInitShape<typeof CompareSimulationsResponseSchema>
  > => {
    if (contestants.length < 1 || contestants.length > MOST_CONTESTANTS) {
      throw invalid(
        `contestants: there are ${contestants.length}, and must be 1 to ${MOST_CONTESTANTS}`,
      );
    }
    const entered: Entered[] = [];
    for (const contestant of contestants) entered.push(await enter(contestant));
    const answers: ReturnType<typeof compared>[] = [];
    for (const contestant of entered) {
      answers.push(compared(contestant, entered[0]));
      // Intervals take a while, in which others are let run.
      await setImmediate();
    }
    return { contestants: answers };
  };
}

function compared(entered: Entered, first: Entered): MessageInitShape<typeof ComparedSchema> {
  const { simulation, graph, execution, runs } = entered;
  const rounds = runs.map(roundsOf);
  const parameters = parametersOf(simulation, execution) ?? parametersOfRun(runs[0]);
  const pairs = entered === first ? null : pairsOf(first, entered);
  const unpaired = typeof pairs === 'string' ? pairs : '';
  return {
    contestant: { folder: simulation.folder, graph, execution },
    name: wellFormed(simulation.name),
    algorithm: wellFormed(simulation.algorithm),
    parameters: wellFormed(parameters),
    seed: simulation.seed === null ? undefined : BigInt(simulation.seed),
    runs: runs.map(({ run }) => run),
    rounds: runs.map((run) => run.num_rounds),
    converged: runs.map((run) => run.converged),
    summary: summaryMessage(graph, execution, summarize(runs)),
    quartiles: rounds.every(Number.isFinite) ? QUARTILES.map((q) => quantile(rounds, q)) : [],
    speedUp: pairs === null || typeof pairs === 'string' ? undefined : speedUpMessage(pairs),
    unpaired,
  };
}

function speedUpMessage({ ratio, interval }: SpeedUp) {
  return { ratio, interval: interval ?? undefined };
}

/** The speed-up over pairs of runs; or why there are none, in words. */
function pairsOf(first: Entered, other: Entered): SpeedUp | string {
  const [one, two] = [first.simulation.manifest, other.simulation.manifest];
  if (one === null || two === null) {
    const { folder } = (one === null ? first : other).simulation;
    return `${folder} has no manifest, so nobody knows whether its draws are the same`;
  }
  const field = unpairedBy(one.spec, two.spec);
  if (field !== null) {
    return `its ${field} is ${two.spec[field] ?? 'not given'}, that of the first is ${one.spec[field] ?? 'not given'}`;
  }
  const hashOf = ({ simulation, graph }: Entered) =>
    simulation.manifest!.graphs.find(({ name }) => name === graph)!.sha256;
  if (hashOf(first) !== hashOf(other)) {
    return first.graph === other.graph
      ? `its graph ${other.graph} is another one than that of the first`
      : `it is on another graph, ${other.graph}, than the first`;
  }
  const others = new Map(other.runs.map((run) => [run.run, run]));
  const pairs = first.runs.flatMap((run) => {
    const pair = others.get(run.run);
    return pair === undefined ? [] : [[run, pair]];
  });
  if (pairs.length === 0) return 'none of its runs has the number of one of the first';
  const speedUp = speedUpOf(
    one.seed,
    pairs.map(([run]) => roundsOf(run)),
    pairs.map(([, run]) => roundsOf(run)),
  );
  if (speedUp !== null) return speedUp;
  const endless = pairs.filter((pair) => pair.some((run) => !run.converged)).length;
  return `in ${endless} of ${pairs.length} pairs a run did not converge, so how long it takes is not known`;
}
