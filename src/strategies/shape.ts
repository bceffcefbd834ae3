import { z } from 'zod';
import { inputError } from '../errors.ts';
import { MEASURES, type Strategy } from './strategy.ts';

const number = z.number('it must be a number');
const description = z.string('it must be a text');

const numberParameter = z
  .strictObject({
    type: z.literal('number'),
    description,
    default: number,
    minimum: number.optional(),
    maximum: number.optional(),
    exclusiveMinimum: number.optional(),
  })
  .refine(
    (p) =>
      p.default >= (p.minimum ?? -Infinity) &&
      p.default <= (p.maximum ?? Infinity) &&
      p.default > (p.exclusiveMinimum ?? -Infinity),
    { path: ['default'], error: 'it must be within the bounds of its parameter' },
  );

const words = z.array(z.string('it must be a word'), 'it must be a list of words');

const wordParameter = z
  .strictObject({
    type: z.literal('string'),
    description,
    default: z.string('it must be a word'),
    enum: words.min(1, 'it must have at least one word'),
  })
  .refine((p) => p.enum.includes(p.default), {
    path: ['default'],
    error: 'it must be one of the words in enum',
  });

const parameter = z.discriminatedUnion('type', [numberParameter, wordParameter], {
  error: (issue) =>
    issue.code === 'invalid_union' ? "it must be 'number' or 'string'" : 'it must be an object',
});

const parameterName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,62}$/, 'it must be letters and digits, a small letter first')
  .refine((name) => name !== 'priorPartnerFactor', 'this name belongs to the memories');

const shape = z.object(
  {
    summary: z
      .string('it must be a text of one line')
      .regex(/^[^\r\n]+$/, 'it must be a text of one line'),
    parameters: z.record(parameterName, parameter, {
      error: (issue) =>
        issue.code === 'invalid_type' ? 'it must be an object, {} for none' : undefined,
    }),
    measures: z.array(
      z.enum(MEASURES, `it must be one of ${MEASURES.join(', ')}`),
      'it must be a list of measures, [] for none',
    ),
    weigh: z.custom(
      (value) => typeof value === 'function',
      'it must be a function (view, parameters, out)',
    ),
  },
  'it must be a strategy: an object with summary, parameters, measures and weigh',
);

/**
 * Makes sure that what a file exports as its default is a strategy, and hands it back as it came.
 *
 * @throws GossipError that names the file and the first field that is wrong
 */
export function asStrategy(exported: unknown, file: string): Strategy {
  const result = shape.safeParse(exported);
  if (result.success) return exported as Strategy;
  const [issue] = result.error.issues;
  const place = issue.path.length === 0 ? 'its default export' : issue.path.join('.');
  throw inputError(`${file}: ${place} is not right: ${messageOf(issue)}`);
}

/** Our own message; for a name and for a field too many zod keeps it elsewhere, or has its own. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0].message;
  if (issue.code === 'unrecognized_keys') return `it must not have ${issue.keys.join(', ')}`;
  return issue.message;
}
