/** By suffix of a quantity of Kubernetes. */
const FACTORS: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The number that a quantity of Kubernetes is ("500m", "64Mi", "1e3"); null where the text is none. */
export function quantityOf(text: string): number | null {
  const [, number, suffix = '', exponent] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (number === undefined) return null;
  return exponent === undefined
    ? Number(number) * FACTORS[suffix]
    : Number(`${number}e${exponent}`);
}
