import { InvalidArgumentError } from 'commander';
import { quantityOf } from '../runner/quantity.ts';

/** Parses a flag that is an integer within bounds. */
export function integerFlag(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be an integer from ${minimum} to ${maximum}.`);
  };
}

/** Parses a flag that is one of some words. */
export function wordFlag(words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text)) return text;
    throw new InvalidArgumentError(`It must be one of ${words.join(', ')}.`);
  };
}

/** Parses a flag that is a list of numbers, separated by commas. */
export function numbersFlag(text: string): number[] {
  return text.split(',').map((item) => {
    const value = Number(item);
    if (item.trim() !== '' && Number.isFinite(value)) return value;
    throw new InvalidArgumentError('It must be numbers, separated by commas.');
  });
}

/** Parses a flag that is a number. */
export function numberFlag(text: string): number {
  const [value, ...more] = numbersFlag(text);
  if (more.length === 0) return value;
  throw new InvalidArgumentError('It must be one number.');
}

/** Parses a flag that is an amount above 0 as Kubernetes writes them ("16Gi"). */
export function quantityFlag(text: string): number {
  const value = quantityOf(text);
  if (value !== null && value > 0) return value;
  throw new InvalidArgumentError('It must be an amount, such as 500M or 16Gi.');
}

/** Parses a repeatable flag name=value[,value…] into a record of lists. */
export function parameterFlag(
  text: string,
  before: Record<string, (number | string)[]> = {},
): Record<string, (number | string)[]> {
  const [name, values, ...more] = text.split('=');
  if (!name || !values || more.length > 0) {
    throw new InvalidArgumentError('It must be name=value or name=value,value.');
  }
  const parsed = values
    .split(',')
    .map((item) => (Number.isNaN(Number(item)) || item === '' ? item : Number(item)));
  return { ...before, [name]: parsed };
}
