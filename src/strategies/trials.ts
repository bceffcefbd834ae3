import { type ExampleNode, exampleNodes } from './example_nodes.ts';
import { zodOfParameter } from './parameters.ts';
import type { ParameterSchema, Parameters, Strategy } from './strategy.ts';

/** One node weighed under one set of parameters. */
export interface Trial {
  /** The node and the parameters, in words. */
  readonly name: string;
  readonly node: ExampleNode;
  readonly parameters: Parameters;
}

/** Every example node under the default parameters, and with one parameter at a time at each of its extremes. */
export function trialsOf(strategy: Strategy): Trial[] {
  const defaults = Object.fromEntries(
    Object.entries(strategy.parameters).map(([name, schema]) => [name, schema.default]),
  );
  const changes = Object.entries(strategy.parameters).flatMap(([name, schema]) =>
    extremes(schema).map((value) => ({ [name]: value })),
  );
  return exampleNodes().flatMap((node) =>
    [{}, ...changes].map((change) => {
      const parameters = { ...defaults, ...change };
      const words = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
      return { name: [node.name, ...words].join(', '), node, parameters };
    }),
  );
}

/** Its bounds and what lies just within them, a million where there is none; or all of its words. */
function extremes(schema: ParameterSchema): (number | string)[] {
  if (schema.type === 'string') return [...schema.enum];
  const low = schema.exclusiveMinimum ?? schema.minimum ?? -1e6;
  const high = schema.maximum ?? 1e6;
  const valid = zodOfParameter(schema);
  const candidates = [low, low + step(low), high - step(high), high];
  return candidates.filter((value) => valid.safeParse(value).success);
}

function step(bound: number): number {
  return 1e-9 * Math.max(1, Math.abs(bound));
}
