import type { Graph } from './graph.ts';

/** A graph with what its file says of it: one Graph resource, or one file of another format. */
export interface GraphSource {
  /** metadata.name, or the file's stem; a DNS-1123 subdomain, since it becomes a folder and a Kubernetes name. */
  readonly name: string;
  /** metadata.labels; `series` is the one that Simulations select by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly graph: Graph;
  /** The resource's graphType; `undefined` (the text) where it says none. */
  readonly graphType: string;
  /** Start values in the order of the nodes, as written ("51,14,98"); null where there are none. */
  readonly valueList: string | null;
  /** graphProperties as written. */
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  /** The adjacency list as the resource wrote it, lines joined, without the last comma; null for other formats. */
  readonly adjacencyText: string | null;
  /** The file it was read from, as the caller named it. */
  readonly file: string;
  /** What was dropped or not used, a sentence each. */
  readonly warnings: readonly string[];
}
