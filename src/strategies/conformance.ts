import { MEASURES, type Measure, type Strategy, type View } from './strategy.ts';
import { type Trial, trialsOf } from './trials.ts';

/** Something a strategy does that it must not. */
export interface Finding {
  /** Which rule is broken. */
  readonly check:
    | 'runs'
    | 'weights finite'
    | 'weights not negative'
    | 'no neighbor forgotten'
    | 'writes within its neighbors'
    | 'deterministic'
    | 'measures listed'
    | 'view unchanged';
  /** The first node and parameters it was seen with, in words. */
  readonly view: string;
  /** What was seen, and what would be right. */
  readonly message: string;
}

type Check = Finding['check'];

/** Entries of the arrays beyond the node's neighbors: they are not the strategy's to read or write. */
const BEYOND = 8;

/** How the arrays are filled where a strategy must not look. Two calls differ in it. */
interface Fill {
  readonly out: number;
  readonly beyond: number;
}

const FIRST: Fill = { out: Number.NaN, beyond: 12345.678 };
const SECOND: Fill = { out: -54321.5, beyond: 0.25 };

interface Outcome {
  readonly out: Float64Array;
  readonly problems: ReadonlyMap<Check, string>;
}

/**
 * Runs a strategy over small made-up nodes, under its default parameters and their extremes, twice and in another
 * order. No findings: it keeps the contract of Strategy as far as this can tell. The strategy's shape is taken for
 * granted; a file's is checked when it is loaded.
 *
 * @returns for each rule that is broken, the first case in which it is
 */
export function checkStrategy(strategy: Strategy): Finding[] {
  const trials = trialsOf(strategy);
  const first = trials.map((trial) => attempt(strategy, trial, FIRST));
  const second = trials
    .toReversed()
    .map((trial) => attempt(strategy, trial, SECOND))
    .reverse();

  const findings = new Map<Check, Finding>();
  trials.forEach((trial, t) => {
    const problems = [
      ...first[t].problems,
      ...second[t].problems,
      ...compare(trial.node.degree, first[t], second[t]),
    ];
    for (const [check, message] of problems) {
      if (!findings.has(check)) findings.set(check, { check, view: trial.name, message });
    }
  });
  return [...findings.values()];
}

/** Calls weigh once, on arrays made for this call. */
function attempt(strategy: Strategy, { node, parameters }: Trial, fill: Fill): Outcome {
  const problems = new Map<Check, string>();
  const given: Partial<Record<Measure, Float64Array>> = {};
  for (const measure of strategy.measures) {
    given[measure] = padded(node.measures[measure], fill.beyond);
  }
  const measures = new Proxy(Object.freeze(given), {
    get(target, key) {
      if (key in target || typeof key === 'symbol') return Reflect.get(target, key);
      problems.set('measures listed', unlisted(key));
      // It goes on with what it meant to have, so that this is said once and not followed by its consequences.
      return MEASURES.includes(key as Measure)
        ? padded(node.measures[key as Measure], fill.beyond)
        : undefined;
    },
  }) as View['measures'];
  const out = new Float64Array(node.degree + BEYOND).fill(fill.out);
  try {
    const view = Object.freeze({ degree: node.degree, measures });
    strategy.weigh(view, Object.freeze({ ...parameters }), out);
  } catch (thrown) {
    problems.set('runs', `weigh throws "${thrown}"; it must weigh every view it can be given`);
  }
  for (const measure of strategy.measures) {
    if (!same(given[measure]!, padded(node.measures[measure], fill.beyond))) {
      problems.set('view unchanged', `weigh changes ${measure}; it must write to out alone`);
    }
  }
  if (!out.subarray(node.degree).every((value) => Object.is(value, fill.out))) {
    problems.set(
      'writes within its neighbors',
      `weigh writes beyond out[${node.degree - 1}]; it must write to out[0] .. out[view.degree - 1] alone`,
    );
  }
  return { out, problems };
}

/** What the weights of two calls say; nothing where one of them threw. */
function compare(degree: number, first: Outcome, second: Outcome): Map<Check, string> {
  const problems = new Map<Check, string>();
  if (first.problems.has('runs') || second.problems.has('runs')) return problems;
  let sum = 0;
  for (let k = 0; k < degree; k++) {
    const weight = first.out[k];
    sum += weight;
    if (Number.isNaN(weight) && second.out[k] === SECOND.out) {
      problems.set('no neighbor forgotten', `out[${k}] is not written; every neighbor must be`);
    } else if (!Number.isFinite(weight)) {
      problems.set('weights finite', `out[${k}] is ${weight}; it must be a finite number`);
    } else if (weight < 0) {
      problems.set('weights not negative', `out[${k}] is ${weight}; it must be at least 0`);
    } else if (!Object.is(weight, second.out[k])) {
      problems.set(
        'deterministic',
        `out[${k}] is ${weight} and, called again, ${second.out[k]}; it must depend on the view's own entries and the parameters alone, not on other calls, chance, or entries beyond view.degree`,
      );
    }
  }
  if (problems.size === 0 && !Number.isFinite(sum)) {
    problems.set('weights finite', 'the weights add up to Infinity; their sum must be finite');
  }
  return problems;
}

function unlisted(key: string): string {
  return MEASURES.includes(key as Measure)
    ? `weigh reads ${key}, which is not in measures; it must list it there`
    : `weigh reads ${key}, which is no measure; it must be one of ${MEASURES.join(', ')}`;
}

function padded(values: Float64Array, beyond: number): Float64Array {
  const array = new Float64Array(values.length + BEYOND).fill(beyond);
  array.set(values);
  return array;
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, k) => Object.is(value, b[k]));
}
