/**
 * What things cost: seconds of one core of an Intel Xeon virtual machine (2 cores), and bytes. Each figure is the slope of
 * a line through what bench/needs.ts and .ci/plan.ts measure, rounded; they measure them again. Another machine is faster
 * or slower by a factor, about the same for all.
 *
 * A slot is a position in a graph's arrays: one a node, and two an edge.
 */

/** Seconds: the program from its start until it plays, and its end. */
export const START_PROGRAM = 0.4;

/** Seconds by slot: reading a graph's file, its parts and hashes included. */
export const READ_SLOT = 2e-7;
/** Seconds by slot. */
export const MEASURE_SLOT = { communities: 4e-6, eigenvector: 4e-7, hubScore: 2e-7 } as const;
/** Seconds by node and slot. */
export const BETWEENNESS_NODE_SLOT = 1.2e-8;
/** Seconds by slot and execution: a strategy's weights. */
export const WEIGH_SLOT = 3e-8;

/** Seconds of an exchange in memory: in a graph that a processor's cache holds, and in one of CACHED_SLOTS or more. */
export const EXCHANGE = {
  uniform: [2e-8, 4e-8],
  weighted: [2.5e-8, 6e-8],
  memory: [9e-8, 2e-7],
} as const;
export const CACHED_SLOTS = 2_000_000;
/** Seconds of a run in memory beside its exchanges. */
export const RUN = 5e-5;
/** Seconds of a node in a round, where all values are written as text, and where those are that changed. */
export const HISTORY = { rounds: 1e-7, changes: 4e-8, none: 0 } as const;
/** Seconds of an object, of which 16 are written at once: into a folder, and into a MinIO on the same machine. */
export const PUT = { folder: 1.5e-4, minio: 1e-3 } as const;
/** Seconds of a frame of a film, and of a node in it. */
export const FRAME = { each: 0.15, node: 1.5e-4 } as const;

/** Seconds of wall time until a process of a host says its ports, where 8 start at a time on 2 cores. */
export const START_HOST = 0.11;
/** Seconds of configuring a host, as many for the runner: the call, each number of the graph, each address. */
export const CONFIGURE = { call: 3e-3, number: 1.5e-7, peer: 2e-6 } as const;
/** Seconds of having a host play some rounds: of the runner and of the host; and of each start value, for both. */
export const CALL = { runner: 3e-4, host: 5e-4, value: 5e-8 } as const;
/** Seconds of planning a round, by node: each process plans all of it. */
export const PLAN_NODE = 1e-7;
/** Seconds of a node's value in a round, when the runner reads it. */
export const ROUND_NODE = 3e-7;
/** Seconds of an exchange between two hosts, both ends: where it wakes them alone, and where it comes among many. */
export const MESSAGE = { alone: 4e-4, among: 1.2e-5 } as const;

/** Seconds of wall time on a machine until the first pod is ready, and for each further one. */
export const START_POD = { first: 4, each: 0.36 } as const;
/** Seconds of computing at a pod's first answer and first rounds, when what they need is loaded and compiled. */
export const FIRST_PLAY = 0.7;
/** Seconds until a Simulation is accepted, and after its last run until it says so. */
export const OPERATOR = 3;

/**
 * Bytes that etcd keeps of each object, as the API server gives it in protobuf. The events of a pod (four, of 600 bytes
 * each) are kept for an hour.
 */
export const ETCD = {
  pod: 6000,
  podEvents: 2400,
  job: 4400,
  service: 1300,
  endpoint: 280,
  networkPolicy: 1500,
  simulation: 2500,
} as const;
/** Bytes of a Secret with an assignment: what is the same in all, and of each graph beside its name. */
export const SECRET = { assignment: 1800, graph: 90 } as const;

/**
 * Bytes of a host that may have less than 512 MiB (V8 collects garbage the sooner the less it may have): the process, each
 * slot of its graph and of its weights, each address, each node of each run at once, and each that it plays, of which no
 * more than some have a message under way. After runs with as many at once as there are by default.
 */
export const HOST = {
  process: 38e6,
  slot: 36,
  weight: 70,
  address: 220,
  planned: 200,
  played: 14_000,
  mostPlayed: 4000,
} as const;
/** Bytes of a runner: the process, each slot and what communities take of it, each host, each node of each run at once. */
export const RUNNER = {
  process: 180e6,
  slot: 60,
  community: 300,
  host: 150_000,
  planned: 500,
} as const;
/**
 * Bytes of what plays in memory: the process and a thread, each slot and what communities take of it, and histories that
 * are not written yet, by node and in all.
 */
export const WORKER = {
  process: 130e6,
  thread: 20e6,
  slot: 20,
  community: 300,
  history: 6000,
  histories: 64e6,
} as const;
