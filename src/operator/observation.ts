import type { Job } from '../kubernetes/index.ts';
import type { DeploymentSpec, SimulationSpec } from '../runner/index.ts';
import type { Acceptance } from './acceptance.ts';
import type { Happening } from './events.ts';
import type { PlayProgress, RunnerEnding } from './runner-words.ts';
import type { SimulationStatus } from './status.ts';

/** A Simulation as the API server has it, read. */
export interface SeenSimulation {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly generation: number;
  /** ISO 8601. */
  readonly created: string;
  /** Whether it is being deleted. */
  readonly going: boolean;
  /** Whether an annotation asks for one to be played that was there before the operator. */
  readonly mayPlay: boolean;
  /** What it asks for; or in words why that cannot be read. */
  readonly asked: { readonly spec: SimulationSpec; readonly deployment: DeploymentSpec } | string;
  /** Empty where there is none, or where it was edited into something else. */
  readonly status: SimulationStatus;
}

/** What an operator sees when it looks at a Simulation: all that it decides on. */
export interface Observation {
  readonly simulation: SeenSimulation;
  /** The Jobs that it owns. */
  readonly jobs: readonly Job[];
  /** All other Simulations. */
  readonly others: readonly SeenSimulation[];
  /** What its runner or its workers said last; null: nothing. */
  readonly progress: PlayProgress | null;
  readonly now: Date;
  /** The one that is used where the spec has none. */
  readonly drawnSeed: number;
  readonly simulationsAtOnce: number;
  /** Where results go, such as s3://simulations. */
  readonly results: string;
  /** Simulations from before are not played; null: all are. */
  readonly installedAt: string | null;
  /** The answers to what was asked when this was looked at before. */
  readonly answers: {
    readonly acceptance?: Acceptance;
    /** Why hosts (or workers) are missing, in words. */
    readonly missing?: string;
    /** What the runner said at its end; null: nothing. */
    readonly ending?: RunnerEnding | null;
    /** Where it said nothing: what became of its pods, in words. */
    readonly crash?: string;
    /** Why the API server would not have what was to be made. */
    readonly refusal?: string;
  };
}

/** What is to be looked up before it can be decided. */
export type Question = 'acceptance' | 'missing' | 'ending' | 'crash';

/** What is removed of a graph's objects; nothing happens to what is not there. */
export interface Removal {
  readonly graph: number;
  /** The Job of hosts or workers; with it goes the Service of hosts. */
  readonly hosts: boolean;
  readonly runner: boolean;
  /** The NetworkPolicy, and so the Secret. */
  readonly policy: boolean;
}

/** What is to be done: first the removals, then the status, then what is made. */
export interface Decision {
  /** The whole status; null: as it is. */
  readonly status: SimulationStatus | null;
  /** To be asked first: all else is empty, and it is to be decided again with the answer. */
  readonly question?: Question;
  readonly removals: readonly Removal[];
  /** The graph whose objects are made where they are not there. */
  readonly make?: number;
  readonly happening?: Happening;
  /** When it is to be looked at again, in milliseconds, though nothing changes. */
  readonly again?: number;
}
