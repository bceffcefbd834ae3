import type { Kind, KubernetesObject } from '../kubernetes/index.ts';

/** A Simulation as the API server has it; nothing of it is known before it is parsed. */
export interface Simulation extends KubernetesObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A Graph as the API server has it; nothing of it is known before it is parsed. */
export interface GraphObject extends KubernetesObject {
  readonly spec?: unknown;
}

export const SIMULATION: Kind<Simulation> = {
  apiVersion: 'gossip.io/v1',
  kind: 'Simulation',
  plural: 'simulations',
  namespaced: true,
};

export const GRAPH: Kind<GraphObject> = {
  apiVersion: 'gossip.io/v1',
  kind: 'Graph',
  plural: 'graphs',
  namespaced: true,
};
