import { boundsOf, type FieldSchema } from './schema.ts';

/** A text as the value that it stands for, or what is wrong with it, in words. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** More are refused by the spec of a Simulation. */
const LONGEST_LIST = 1000;

/** Reads a field: a number, a word, yes or no, or whatever text. */
export function parseValue(schema: FieldSchema, text: string): Parsed<number | string | boolean> {
  const trimmed = text.trim();
  if (schema.enum !== undefined) {
    return schema.enum.includes(trimmed)
      ? { value: trimmed }
      : { problem: `It must be ${schema.enum.join(' or ')}.` };
  }
  switch (schema.type) {
    case 'boolean':
      return { value: trimmed === 'true' };
    case 'integer':
    case 'number':
      return parseNumber(schema, trimmed);
    default:
      // A node's id is a number or a text.
      return { value: isInteger(trimmed) ? Number(trimmed) : trimmed };
  }
}

/** Reads a list to sweep, such as "0.25, 0.5"; one value is a list too. */
export function parseList(schema: FieldSchema, text: string): Parsed<(number | string)[]> {
  const items = text.split(/[,;\s]+/).filter(Boolean);
  if (items.length > LONGEST_LIST)
    return { problem: `These are ${items.length} values: at most ${LONGEST_LIST}.` };
  const values: (number | string)[] = [];
  for (const item of items) {
    const parsed = parseValue(schema, item);
    if ('problem' in parsed) {
      return { problem: items.length === 1 ? parsed.problem : `${shown(item)}: ${parsed.problem}` };
    }
    values.push(parsed.value as number | string);
  }
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? { value: values } : { problem: `${twice} stands there twice.` };
}

function parseNumber(schema: FieldSchema, text: string): Parsed<number> {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const value = Number(text);
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const isOne = type === 'integer' ? isInteger(text) : text !== '' && Number.isFinite(value);
  const fits =
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value < (exclusiveMaximum ?? Infinity);
  if (isOne && fits) return { value };
  const bounds = boundsOf(schema);
  return { problem: `It must be ${bounds === '' ? kind : `${kind}, ${bounds}`}.` };
}

function isInteger(text: string): boolean {
  return /^-?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
}

function shown(item: string): string {
  return item.length > 30 ? `${item.slice(0, 30)}…` : item;
}
