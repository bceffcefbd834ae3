import { isDeepStrictEqual } from 'node:util';
import { inputError } from '../errors.ts';
import type { Simulation } from '../operator/kinds.ts';
import { seenSimulation } from '../operator/seen-simulation.ts';
import type { SimulationStatus } from '../operator/status.ts';
import {
  type DeploymentSpec,
  partsOf,
  type SimulationPlan,
  type SimulationSpec,
  simulationResource,
} from '../runner/index.ts';
import type { Asked } from './asked.ts';

/** A Simulation that is there must be the one that is wanted. */
export function refuseOther(
  found: Simulation,
  wanted: Simulation,
  { plan, drawn }: Asked,
  namespace: string,
): void {
  const { asked, name, going, status } = seenSimulation(found);
  const place = `there is a Simulation ${name} in the namespace ${namespace} already`;
  if (going) throw inputError(`${place}, which is being deleted: try again when it is gone`);
  const difference =
    (typeof asked === 'string' ? asked : differenceOf(asked, wanted, drawn)) ??
    otherGraph(status.accepted, plan);
  if (difference === null) return;
  throw inputError(
    `${place}, and it is another one (${difference}); a Simulation cannot be changed: choose another --name, or delete it first (kubectl delete simulation ${name} -n ${namespace})`,
  );
}

/** The first of the graphs that it was accepted with that is not the one here; null: all are, or it was not yet. */
function otherGraph(accepted: SimulationStatus['accepted'], { graphs }: SimulationPlan) {
  const hashOf = (graph: string) => graphs.find(({ source }) => source.name === graph)?.sha256;
  for (const { name, sha256 } of accepted ?? [])
    if (sha256 !== undefined && sha256 !== hashOf(name))
      return `its graph ${name} is not the one here`;
  return null;
}

/** What of a spec may change later. */
const MUTABLE = ['suspend', 'ttlSecondsAfterFinished'];

/** What a spec says, defaults filled in. */
type Parts = { readonly spec: SimulationSpec; readonly deployment: DeploymentSpec };

/**
 * The first field in which a Simulation that is there differs from one that is wanted, as "spec.x: there 1, here 2"; null
 * where it is the same. A seed that nobody said is none.
 */
export function differenceOf(there: Parts, wanted: Simulation, anySeed: boolean): string | null {
  const here = partsOf(simulationResource.parse(wanted).spec);
  const one: Record<string, unknown> = { ...there.spec, ...there.deployment };
  const other: Record<string, unknown> = { ...here.spec, ...here.deployment };
  const ignored = anySeed ? [...MUTABLE, 'seed'] : MUTABLE;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const name of names) {
    if (ignored.includes(name)) continue;
    const texts = [one[name], other[name]].map((value) =>
      // A node's id, be it written as a number or as text.
      name === 'source' && value !== undefined ? String(value) : value,
    );
    if (isDeepStrictEqual(texts[0], texts[1])) continue;
    const [shown, given] = texts.map((value) =>
      value === undefined ? 'nothing' : JSON.stringify(value),
    );
    return `spec.${name}: there ${shown}, here ${given}`;
  }
  return null;
}
