import { onHosts } from '../objects/index.ts';
import type { Observation } from '../observation.ts';
import type { SimulationStatus } from '../status.ts';

type Condition = NonNullable<SimulationStatus['conditions']>[number];
type State = NonNullable<SimulationStatus['state']>;

/** Why a Simulation is in its state: one word in CamelCase, and a sentence. */
export interface Why {
  readonly reason: string;
  readonly message: string;
}

const LONGEST_MESSAGE = 4000;
const LONGEST_LINE = 120;

/** Whether nothing more is played. */
export function isOver({ state }: SimulationStatus): boolean {
  return state === 'Complete' || state === 'Failed';
}

/** The reason that a condition gives. */
export function reasonOf({ conditions = [] }: SimulationStatus, type: Condition['type']): string {
  return conditions.find((condition) => condition.type === type)?.reason ?? '';
}

/** Why a Simulation is in the state it is in; in other words where its status was edited. */
export function whyOf(status: SimulationStatus): Why {
  const { state = 'Queued', conditions = [] } = status;
  const type = state === 'Refused' ? 'Accepted' : 'Running';
  const { reason, message } = conditions.find((one) => one.type === type) ?? {
    reason: state,
    message: '',
  };
  return { reason, message };
}

/**
 * The status of a Simulation in a state, with conditions and a line that say why. `accepted` is what the condition of
 * that name says; where it is not given, it says what it said.
 */
export function statusIn(
  { simulation, now }: Pick<Observation, 'simulation' | 'now'>,
  state: State,
  { reason, message }: Why,
  changes: Partial<SimulationStatus> = {},
  accepted?: string,
): SimulationStatus {
  const before = simulation.status;
  const words = message.slice(0, LONGEST_MESSAGE);
  const condition = (type: Condition['type'], holds: boolean, why: Why): Condition => {
    const status = holds ? 'True' : 'False';
    const last = before.conditions?.find((one) => one.type === type);
    return {
      type,
      status,
      ...why,
      observedGeneration: simulation.generation,
      lastTransitionTime: last?.status === status ? last.lastTransitionTime : now.toISOString(),
    };
  };
  const said = before.conditions?.find((one) => one.type === 'Accepted' && one.status === 'True');
  const refused = state === 'Refused';
  const status: SimulationStatus = {
    ...before,
    ...changes,
    state,
    observedGeneration: simulation.generation,
    conditions: [
      condition(
        'Accepted',
        !refused,
        refused
          ? { reason, message: words }
          : { reason: 'Accepted', message: accepted ?? said?.message ?? '' },
      ),
      condition('Running', state === 'Running', { reason, message: refused ? '' : words }),
      condition('Complete', state === 'Complete', {
        reason,
        message: state === 'Complete' ? words : '',
      }),
      condition('Failed', state === 'Failed', { reason, message: state === 'Failed' ? words : '' }),
    ],
  };
  const { asked } = simulation;
  const hosted = typeof asked === 'string' || onHosts(asked.deployment);
  return defined({ ...status, progress: lineOf(status, words, hosted) });
}

/** What `kubectl get` shows: how far it is, or why it is not. Workers share all graphs out, so there is none in turn. */
function lineOf(
  { state, graphs, hosts, runs }: SimulationStatus,
  message: string,
  hosted: boolean,
): string {
  if (state === 'Refused' || state === 'Failed' || state === 'Queued') {
    return message.length > LONGEST_LINE ? `${message.slice(0, LONGEST_LINE - 1)}…` : message;
  }
  return [
    graphs && hosted && `graph ${Math.min(graphs.done + 1, graphs.total)}/${graphs.total}`,
    hosts && `${hosted ? 'hosts' : 'workers'} ${hosts.ready}/${hosts.total}`,
    runs && `runs ${runs.done}/${runs.total}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Without fields that have no value. */
function defined(status: SimulationStatus): SimulationStatus {
  return Object.fromEntries(Object.entries(status).filter(([, value]) => value !== undefined));
}
