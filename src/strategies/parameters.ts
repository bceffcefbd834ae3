import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { inputError } from '../errors.ts';
import { quoted } from './name.ts';
import type { ParameterSchema, Parameters } from './strategy.ts';

/** Swept for every algorithm that has them, in this order; the last varies fastest. */
const SWEPT = ['factor', 'priorPartnerFactor', 'weightingParamA'];

/** Fields of every Simulation, so they may be given to an algorithm that has no use for them. */
const KNOWN = [...SWEPT, 'favor'];

/** More than anybody plays; a slip in the lists should not fill the memory. */
const MOST_EXECUTIONS = 100_000;

/** What has parameters: a LoadedStrategy. */
export interface Parameterized {
  readonly name: string;
  readonly parameters: Readonly<Record<string, ParameterSchema>>;
}

/** A zod schema that accepts what a parameter may be, with messages that begin "it must". */
export function zodOfParameter(schema: ParameterSchema): z.ZodType<number | string> {
  if (schema.type === 'string') {
    return z.enum(schema.enum, `it must be ${schema.enum.join(' or ')}`);
  }
  const { minimum, maximum, exclusiveMinimum } = schema;
  let number = z.number('it must be a finite number');
  if (minimum !== undefined) number = number.gte(minimum, `it must be at least ${minimum}`);
  if (maximum !== undefined) number = number.lte(maximum, `it must be at most ${maximum}`);
  if (exclusiveMinimum !== undefined) {
    number = number.gt(exclusiveMinimum, `it must be greater than ${exclusiveMinimum}`);
  }
  return number;
}

/**
 * One value for each of a strategy's parameters: what is given, within its bounds, and the defaults for the rest.
 *
 * @param strategyName for messages
 * @throws GossipError where a value is out of bounds, or a name is neither the strategy's nor a field of Simulations
 */
export function checkParameters(
  strategyName: string,
  parameters: Readonly<Record<string, ParameterSchema>>,
  given: Readonly<Record<string, unknown>>,
): Parameters {
  const lists = Object.entries(given).map(([name, value]) => [
    name,
    value === undefined ? [] : [value],
  ]);
  return executions({ name: strategyName, parameters }, Object.fromEntries(lists))[0];
}

/**
 * The executions that lists of values make: their cartesian product over the parameters that the algorithm uses, in
 * the order factor, priorPartnerFactor, weightingParamA, then the strategy's own; the last varies fastest. An empty
 * list and none are the default.
 *
 * @throws GossipError as checkParameters does, for two values of `favor`, and for more than 100,000 executions
 */
export function executions(
  algorithm: Parameterized,
  lists: Readonly<Record<string, readonly unknown[]>>,
): Parameters[] {
  refuseUnknown(algorithm, Object.keys(lists));
  const own = Object.keys(algorithm.parameters).filter((name) => !SWEPT.includes(name));
  const names = [...SWEPT.filter((name) => Object.hasOwn(algorithm.parameters, name)), ...own];
  let product: Record<string, number | string>[] = [{}];
  for (const name of names) {
    const list = Object.hasOwn(lists, name) ? lists[name] : [];
    const values = valuesOf(algorithm, name, list);
    if (product.length * values.length > MOST_EXECUTIONS) {
      throw inputError(
        `the parameters of ${algorithm.name} make more than ${MOST_EXECUTIONS} executions; give shorter lists`,
        { field: name },
      );
    }
    product = product.flatMap((some) => values.map((value) => ({ ...some, [name]: value })));
  }
  return product;
}

function valuesOf(
  { name: algorithm, parameters }: Parameterized,
  name: string,
  list: readonly unknown[],
): (number | string)[] {
  if (list.length === 0) return [parameters[name].default];
  if (name === 'favor' && list.length > 1) {
    throw inputError(`favor has ${list.length} values in ${algorithm}: it must be a single word`, {
      field: name,
    });
  }
  const schema = zodOfParameter(parameters[name]);
  return list.map((value) => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw inputError(
      `${name} is ${shown(value)} in ${algorithm}: ${result.error.issues[0].message}`,
      { field: name },
    );
  });
}

function refuseUnknown({ name: algorithm, parameters }: Parameterized, given: string[]): void {
  const own = Object.keys(parameters);
  const wrong = given.find((name) => !own.includes(name) && !KNOWN.includes(name));
  if (wrong === undefined) return;
  throw inputError(
    own.length === 0
      ? `${algorithm} has no parameter ${quoted(wrong)}: it has none`
      : `${algorithm} has no parameter ${quoted(wrong)}; did you mean ${closest(wrong, own)}? It has ${own.join(', ')}`,
    { field: wrong },
  );
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
