/**
 * The value rounded to so many decimals, as Python's round() does it: the nearest to the exact binary value, a tie to
 * the even digit. null leaves it as it is. decimals is an integer from 0 to 15.
 */
export function roundTo(value: number, decimals: number | null): number {
  if (decimals === null) return value;
  const scaled = value * 10 ** decimals;
  const floor = Math.floor(scaled);
  const fraction = scaled - floor;
  // Away from the middle the error of the product cannot change the answer.
  if (Math.abs(scaled) < 1e9 && Math.abs(fraction - 0.5) > 1e-6) {
    return (fraction < 0.5 ? floor : floor + 1) / 10 ** decimals;
  }
  // Exact ties are odd multiples of 2^-(decimals + 1); for these, and only these, the product above is exact.
  if (Math.abs((value * 2 ** (decimals + 1)) % 2) === 1) {
    return (floor % 2 === 0 ? floor : floor + 1) / 10 ** decimals;
  }
  return Math.abs(value) < 1e21 ? Number(value.toFixed(decimals)) : value;
}
