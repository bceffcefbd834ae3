import { createHash } from 'node:crypto';
import type { Metadata } from '../../kubernetes/index.ts';
import { LABELS, MANAGER } from '../names.ts';
import type { Making } from './making.ts';

const LONGEST_VALUE = 63;
const HASH = 8;

/** What a pod is for. */
export type Component = 'host' | 'runner' | 'worker';

/** The annotations of Jobs from which an operator knows a Simulation again whose status was lost. */
export const SEED_ANNOTATION = 'gossip.io/seed';
export const START_ANNOTATION = 'gossip.io/start-time';

/** A Simulation's name as the value of a label: where it is too long, cut, with a hash. */
export function simulationLabel(name: string): string {
  if (name.length <= LONGEST_VALUE) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH);
  return `${name.slice(0, LONGEST_VALUE - HASH - 1).replace(/[.-]+$/, '')}-${hash}`;
}

/** The labels of what is made for a Simulation's graph. */
export function labelsOf({ simulation, graph }: Making): Record<string, string> {
  return {
    [LABELS.name]: 'gossip',
    [LABELS.managedBy]: MANAGER,
    [LABELS.simulation]: simulationLabel(simulation.name),
    [LABELS.graph]: String(graph),
  };
}

/** The labels by which Services and policies know the pods of a kind. */
export function podLabels(making: Making, component: Component): Record<string, string> {
  return { ...labelsOf(making), [LABELS.component]: component };
}

/** Metadata of an object that the Simulation owns: it goes when the Simulation does. */
export function ownedMetadata(making: Making, name: string): Metadata {
  const { simulation } = making;
  return {
    name,
    namespace: simulation.namespace,
    labels: labelsOf(making),
    ownerReferences: [
      {
        apiVersion: 'gossip.io/v1',
        kind: 'Simulation',
        name: simulation.name,
        uid: simulation.uid,
        controller: true,
      },
    ],
  };
}

/** The same for Jobs, which also say what a Simulation began with. */
export function jobMetadata(making: Making, name: string): Metadata {
  return {
    ...ownedMetadata(making, name),
    annotations: {
      [SEED_ANNOTATION]: String(making.spec.seed),
      [START_ANNOTATION]: making.startTime,
    },
  };
}
