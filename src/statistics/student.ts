/**
 * Student's t distribution: its tail is the regularized incomplete beta function, by continued fraction (Press et al.,
 * Numerical Recipes, 3rd edition, 6.4; DLMF 8.17.22); quantiles are found by bisection on it.
 */
import { inputError } from '../errors.ts';
import { normalQuantile } from './normal.ts';

/** Above this the expansion in 1/degreesOfFreedom is exact to the last digits, and cheaper. */
const NEARLY_NORMAL = 1e5;

/**
 * The t that Student's distribution stays below with this probability, to a relative 1e-8; ∓Infinity at 0 and 1.
 * Degrees of freedom are positive and need not be an integer; Infinity is the normal distribution.
 * @throws GossipError `input` where an argument is outside its range.
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) {
    throw inputError(`degrees of freedom must be above 0, not ${degreesOfFreedom}`);
  }
  const normal = normalQuantile(probability);
  if (!Number.isFinite(normal) || normal === 0) return normal;
  if (degreesOfFreedom > NEARLY_NORMAL) return cornishFisher(normal, degreesOfFreedom);
  const tail = Math.min(probability, 1 - probability);
  let low = 0;
  let high = 1;
  while (upperTail(high, degreesOfFreedom) > tail) {
    low = high;
    high *= 2;
    if (high === Number.POSITIVE_INFINITY) return Math.sign(normal) * high;
  }
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (upperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (Math.sign(normal) * (low + high)) / 2;
}

/**
 * The probability that Student's distribution stays below t, to a relative 1e-8; small ones, of a t far below 0, too.
 * @throws GossipError `input` where degrees of freedom are not above 0 and at most 1e5, or t is not a number.
 */
export function studentProbability(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom <= NEARLY_NORMAL)) {
    throw inputError(
      `degrees of freedom must be above 0 and at most ${NEARLY_NORMAL}, not ${degreesOfFreedom}`,
    );
  }
  if (Number.isNaN(t)) throw inputError('t must be a number, not NaN');
  const tail = upperTail(Math.abs(t), degreesOfFreedom);
  return t < 0 ? tail : 1 - tail;
}

/** Abramowitz & Stegun 26.7.5. */
function cornishFisher(z: number, degreesOfFreedom: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / degreesOfFreedom + second / degreesOfFreedom ** 2;
}

/** P(T > t) for t > 0. */
function upperTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const sum = degreesOfFreedom + square;
  if (sum === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(degreesOfFreedom / sum, square / sum, degreesOfFreedom / 2, 0.5) / 2;
}

/** I_x(a, b), with y = 1 - x passed too, so that nothing is lost where x is near 1. */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y);
  return (Math.exp(logFront) * betaFraction(x, a, b)) / a;
}

/** The continued fraction of I_x(a, b), by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const awayFromZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) at x + n >= 10, brought back by Γ(x + 1) = x Γ(x). */
function logGamma(x: number): number {
  let product = 1;
  let z = x;
  for (; z < 10; z++) product *= z;
  const w = 1 / (z * z);
  const series = ((((-691 / 360360) * w + 1 / 1188) * w - 1 / 1680) * w + 1 / 1260) * w - 1 / 360;
  return (
    (z - 0.5) * Math.log(z) -
    z +
    Math.log(2 * Math.PI) / 2 +
    (series * w + 1 / 12) / z -
    Math.log(product)
  );
}
