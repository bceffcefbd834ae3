/** A number as charts and their tables write it: whole ones as they are, others with at most six significant digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return `${value}`;
  const rounded = Number(value.toPrecision(6));
  return Math.abs(rounded) < 1e-3 ? rounded.toExponential() : `${rounded}`;
}

/**
 * Round numbers between two others, at most about `wanted` of them: whole multiples of 1, 2 or 5 times a power of ten, and of
 * at least `least`.
 */
export function ticks(low: number, high: number, wanted = 6, least = 0): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [low];
  const rough = Math.max((high - low) / Math.max(1, wanted), least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((times) => times * power >= rough * (1 - 1e-9))!;
  const found: number[] = [];
  for (let times = Math.ceil(low / step); times * step <= high * (1 + 1e-12); times++) {
    found.push(Number((times * step).toPrecision(12)));
  }
  return found.length === 0 ? [low] : found;
}

/** Powers of ten between two numbers above 0, at most about `wanted` of them. */
export function powersOfTen(low: number, high: number, wanted = 6): number[] {
  return ticks(Math.log10(low), Math.log10(high), wanted, 1).map((power) => 10 ** power);
}
