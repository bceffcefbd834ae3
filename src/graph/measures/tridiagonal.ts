/** The largest eigenvalue of a symmetric tridiagonal matrix, and its eigenvector, of Euclidean norm 1. */
export interface LargestEigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/**
 * The largest eigenpair of the matrix with this diagonal and these positive entries beside it (beside[i] joins i and
 * i + 1; one after the last is ignored): bisection, then inverse iteration.
 */
export function largestEigenpair(
  diagonal: readonly number[],
  beside: readonly number[],
): LargestEigenpair {
  const size = diagonal.length;
  const besideOf = (i: number) => (i < 0 || i + 1 >= size ? 0 : beside[i]);
  let low = diagonal[0];
  let high = low;
  for (let i = 0; i < size; i++) {
    low = Math.max(low, diagonal[i]);
    high = Math.max(high, diagonal[i] + besideOf(i - 1) + besideOf(i));
  }
  // Gershgorin's bound may be the eigenvalue itself; the shift has to be above it.
  high += Math.abs(high) * 1e-15 + Number.MIN_VALUE;
  const pivots = new Float64Array(size);
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (isAbove(middle, diagonal, beside, pivots)) high = middle;
    else low = middle;
  }
  isAbove(high, diagonal, beside, pivots);
  const vector = new Float64Array(size).fill(1);
  for (let iteration = 0; iteration < 3; iteration++) {
    // (high I - T) y = vector, through the pivots of its LDL factorization.
    for (let i = 1; i < size; i++) vector[i] += (besideOf(i - 1) / pivots[i - 1]) * vector[i - 1];
    vector[size - 1] /= pivots[size - 1];
    for (let i = size - 2; i >= 0; i--) {
      vector[i] = (vector[i] + besideOf(i) * vector[i + 1]) / pivots[i];
    }
    let largest = 0;
    for (const entry of vector) largest = Math.max(largest, Math.abs(entry));
    let squares = 0;
    for (let i = 0; i < size; i++) squares += (vector[i] / largest) ** 2;
    const norm = largest * Math.sqrt(squares);
    for (let i = 0; i < size; i++) vector[i] /= norm;
  }
  return { value: high, vector };
}

/** Whether shift is above all eigenvalues; fills the pivots of shift I - T, all positive if so. */
function isAbove(
  shift: number,
  diagonal: readonly number[],
  beside: readonly number[],
  pivots: Float64Array,
): boolean {
  for (let i = 0; i < diagonal.length; i++) {
    pivots[i] = shift - diagonal[i] - (i === 0 ? 0 : beside[i - 1] ** 2 / pivots[i - 1]);
    if (!(pivots[i] > 0)) return false;
  }
  return true;
}
