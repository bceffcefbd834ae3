export type {
  Cluster,
  DeleteOptions,
  ExactKey,
  Listed,
  ObjectKey,
  RequestCount,
  RequestOptions,
  Selection,
} from './cluster.ts';
export { type Connection, connectKubernetes } from './connection.ts';
export * from './kinds.ts';
export { KubernetesError } from './kubernetes-error.ts';
export { type OpenOptions, openCluster } from './open-cluster.ts';
export { keyOf, type WatchAllOptions, type Watched, type WatchTiming, watchAll } from './watch.ts';
