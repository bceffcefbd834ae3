/** A seed for simulations that say none: any integer 0..2^53-1. */
export function drawSeed(): number {
  const [low, high] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 21) * 2 ** 32 + low;
}
