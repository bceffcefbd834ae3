import { type Job, keyOf } from '../kubernetes/index.ts';
import { SIMULATION } from './kinds.ts';
import type { SeenSimulation } from './observation.ts';

/** The key of the Simulation that a Job is made for. */
export function ownerOf({ metadata = {} }: Job): string | undefined {
  const owner = metadata.ownerReferences?.find(({ kind }) => kind === SIMULATION.kind);
  return owner && keyOf({ metadata: { namespace: metadata.namespace, name: owner.name } });
}

/** Whether a Job is made for this Simulation, and not for another of its name. */
export function isOwner({ uid, namespace }: SeenSimulation, { metadata = {} }: Job): boolean {
  const { ownerReferences = [] } = metadata;
  return metadata.namespace === namespace && ownerReferences.some((owner) => owner.uid === uid);
}
