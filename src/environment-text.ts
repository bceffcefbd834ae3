import { z } from 'zod';

/*
 * What texts in environment variables may be. The messages complete a sentence that begins with the variable's name.
 */

/** A hostile text, made fit for a message. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A text that must be there. */
export function required(what: string) {
  return z
    .string(`is missing: it must be ${what}`)
    .min(1, { error: `is empty: it must be ${what}`, abort: true });
}

/** An integer within bounds, in decimal. */
export function integerText(minimum: number, maximum: number) {
  return (text: string, context: z.RefinementCtx): number => {
    const value = Number(text);
    if (/^[+-]?\d+$/.test(text.trim()) && value >= minimum && value <= maximum) return value;
    return refuse(context, text, `an integer from ${minimum} to ${maximum}`);
  };
}

/** Names, separated by commas, each once; blanks around a name do not count. */
export function nameList(text: string, context: z.RefinementCtx): string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !isName(name));
  if (wrong !== undefined) {
    context.addIssue(`has ${shown(wrong)} in it: it must be names of nodes, separated by commas`);
    return z.NEVER;
  }
  const seen = new Set<string>();
  const double = names.find((name) => seen.size === seen.add(name).size);
  if (double !== undefined) {
    context.addIssue(`names ${shown(double)} twice: it must name each neighbor once`);
    return z.NEVER;
  }
  return names;
}

/** Whether this can be the name of a node: a host name or address of at most 253 characters, without a colon. */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(text);
}

/** A list of numbers, separated by commas: what each must be, and its bounds. An empty text is no list. */
export function numberList(what: string, fits: (value: number) => boolean) {
  return z
    .string()
    .optional()
    .transform((text, context): Float64Array | undefined => {
      if (text === undefined || text === '') return undefined;
      const items = text.split(',');
      const values = Float64Array.from(items, numberOfText);
      const wrong = values.findIndex((value) => !Number.isFinite(value) || !fits(value));
      if (wrong === -1) return values;
      context.addIssue(
        `has ${shown(items[wrong])} at place ${wrong + 1}: it must be ${what}, separated by commas`,
      );
      return z.NEVER;
    });
}

/** A decimal number as Python writes it; NaN where it is none. */
function numberOfText(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Adds the issue that a text is not what it must be. */
export function refuse(context: z.RefinementCtx, text: string, what: string): never {
  context.addIssue(
    text === '' ? `is empty: it must be ${what}` : `is ${shown(text)}: it must be ${what}`,
  );
  return z.NEVER;
}
