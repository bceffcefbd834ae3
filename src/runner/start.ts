import { inputError } from '../errors.ts';
import { type GraphSource, numberOf } from '../graph/index.ts';
import type { Start } from '../host/start.ts';
import type { SimulationSpec } from './simulation.ts';

/** Numbers beyond this are refused: their sum over all nodes must stay finite. */
const GREATEST_VALUE = 1e300;

/**
 * What the nodes of a graph begin with: the seed's valueList and randomInitialization, unless `start` says otherwise.
 * Adds to `warnings` what is not used. Throws GossipError `input` where graph and spec do not fit.
 */
export function startOf(source: GraphSource, spec: SimulationSpec, warnings: string[]): Start {
  const { graph, valueList, file, name } = source;
  const random = spec.randomInitialization ?? valueList === null;
  const kind = spec.start ?? (random ? 'random' : valueList === null ? 'numbers' : 'values');
  if (spec.source !== undefined && kind !== 'source') {
    throw inputError(
      `source ${spec.source} is given, but start is ${kind}: add start: source (--start source)`,
      { field: 'spec.source' },
    );
  }
  if (valueList !== null && kind !== 'values') {
    warnings.push(
      `${name}: its valueList is not used, since start is ${kind}${spec.start === undefined ? ' (randomInitialization: true)' : ''}`,
    );
  }
  if (kind === 'values') {
    if (valueList === null)
      throw inputError(`${file}: start is values, but the graph ${name} has no valueList`, {
        field: 'spec.start',
      });
    return { kind, values: parseValues(source, valueList) };
  }
  if (kind !== 'source') return { kind };
  const given = String(spec.source ?? 'random');
  if (given === 'random' || given === 'max-degree') return { kind, source: given };
  for (let node = 0; node < graph.nodeCount; node++) {
    if (String(graph.labels?.[node] ?? numberOf(graph, node)) === given)
      return { kind, source: { node } };
  }
  throw inputError(
    `${file}: source ${given} is not a node of the graph ${name}: give a node's id, random or max-degree`,
    { field: 'spec.source' },
  );
}

function parseValues({ graph, file, name }: GraphSource, valueList: string): Float64Array {
  const texts = valueList.split(',').map((text) => text.trim());
  if (texts.at(-1) === '') texts.pop();
  if (texts.length !== graph.nodeCount) {
    throw inputError(
      `${file}: spec.valueList of the graph ${name} has ${texts.length} values, but there are ${graph.nodeCount} nodes: give one a node`,
    );
  }
  return Float64Array.from(texts, (text, index) => {
    const value = Number(text);
    if (text === '' || !Number.isFinite(value)) {
      throw inputError(
        `${file}: spec.valueList of the graph ${name}: value ${index + 1}, "${text.slice(0, 40)}", is not a number`,
      );
    }
    if (Math.abs(value) > GREATEST_VALUE) {
      throw inputError(
        `${file}: spec.valueList of the graph ${name}: value ${index + 1}, ${text.slice(0, 40)}, is too large: at most ${GREATEST_VALUE}`,
      );
    }
    return value;
  });
}
