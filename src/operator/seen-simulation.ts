import { GossipError } from '../errors.ts';
import { fieldError } from '../graph/formats/index.ts';
import { partsOf, simulationResource } from '../runner/index.ts';
import type { Simulation } from './kinds.ts';
import { PLAY_ANNOTATION } from './names.ts';
import type { SeenSimulation } from './observation.ts';
import { type SimulationStatus, simulationStatus } from './status.ts';

/** Reads a Simulation of the API server; never throws. */
export function seenSimulation(resource: Simulation): SeenSimulation {
  const { metadata = {}, status } = resource;
  const { name = '', namespace = '', uid = '', generation = 0, annotations = {} } = metadata;
  return {
    name,
    namespace,
    uid,
    generation,
    created: metadata.creationTimestamp ?? '',
    going: metadata.deletionTimestamp !== undefined,
    mayPlay: annotations[PLAY_ANNOTATION] === 'true',
    asked: askedOf(resource),
    status: statusOf(status),
  };
}

/** The fields that are what they should be: others may be of another version, or somebody's edits. */
function statusOf(status: unknown): SimulationStatus {
  const fields = typeof status === 'object' && status !== null ? status : {};
  const known = Object.entries(simulationStatus.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse((fields as Record<string, unknown>)[name]);
    return success && data !== undefined ? [[name, data]] : [];
  });
  return Object.fromEntries(known);
}

function askedOf(resource: Simulation): SeenSimulation['asked'] {
  const { metadata, spec } = resource;
  const value = { apiVersion: 'gossip.io/v1', kind: 'Simulation', metadata, spec };
  const parsed = simulationResource.safeParse(value);
  if (parsed.success) return partsOf(parsed.data.spec);
  const error = fieldError(simulationResource, parsed.error, value, '', () => undefined);
  return error instanceof GossipError ? error.message : String(error);
}
