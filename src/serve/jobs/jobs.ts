import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  FollowSimulationResponseSchema,
  GetGraphRequest,
  JobSchema,
  SourceFile,
} from '../../gen/gossip/v1/simulation_pb.ts';
import type { GraphSource } from '../../graph/index.ts';

/** What may be started; 0: no limit. */
export interface Limits {
  /** Nodes of a graph. */
  readonly nodes: number;
  /** Runs of a simulation: graphs, executions and repetitions. */
  readonly runs: number;
  /** Simulations that are played at a time; at least 1. */
  readonly atOnce: number;
  /** Simulations that wait for their turn. */
  readonly waiting: number;
}

/** What starting simulations takes. */
export interface JobsOptions {
  /** Where results go, as openStorage takes it; each playing thread opens it for itself. */
  readonly results: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders of strategies beside the built-in ones. */
  readonly strategies: readonly string[];
  readonly limits: Limits;
  /** A graph of a stored simulation. Throws ConnectError, or GossipError `input`, where there is none. */
  readonly graphOf: (folder: string, graph: string) => Promise<GraphSource>;
  /** Told what an operator should know. */
  readonly notice: (text: string) => void;
}

/** What is asked to be started: a StartSimulationsRequest. */
export interface StartRequest {
  readonly files: readonly Pick<SourceFile, 'name' | 'content'>[];
  readonly examples: readonly string[];
  readonly graphs: readonly Pick<GetGraphRequest, 'folder' | 'graph'>[];
  readonly onlyCheck: boolean;
}

export type JobMessage = MessageInitShape<typeof JobSchema>;
export type FollowMessage = MessageInitShape<typeof FollowSimulationResponseSchema>;

/** Simulations that were started here: waiting, playing and just over. */
export interface Jobs {
  /** Those that are known, in the order in which they were started, those that are over at the end. */
  list(): JobMessage[];
  /** Their graphs, by the SHA-256 that manifests have: results do not say all of a large one. */
  readonly graphs: ReadonlyMap<string, GraphSource>;
  /** How many have ended. */
  ended(): number;
  /**
   * Starts what the request asks for, or says what would be. Throws ConnectError: InvalidArgument with a Problem for each
   * thing that is wrong, ResourceExhausted beyond the limits, Unavailable once it stops.
   */
  start(request: StartRequest): Promise<{ jobs: JobMessage[]; warnings: string[] }>;
  /** How they stand now, and whenever that changes, until the signal aborts or the jobs are stopped. */
  watch(signal: AbortSignal): AsyncIterable<{ jobs: JobMessage[] }>;
  /** One of them until it is over or the signal aborts. Throws ConnectError NotFound. */
  follow(id: string, signal: AbortSignal): AsyncIterable<FollowMessage>;
  /** Ends one and waits until it has ended; does nothing where it is over. Throws ConnectError NotFound. */
  cancel(id: string): Promise<void>;
  /** Ends all, and waits for them; their streams end. */
  stop(): Promise<void>;
}
