/** A number for each node, or why there is none, as a sentence for people. */
export type Scores =
  | { readonly scores: Float64Array; readonly reason: null }
  | { readonly scores: null; readonly reason: string };
