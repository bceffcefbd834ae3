import type { AcceptedGraph } from './objects/index.ts';

/** Whether a Simulation can be played, and what is known of it then; or in words why it cannot. */
export type Acceptance =
  | {
      readonly accepted: true;
      readonly graphs: readonly AcceptedGraph[];
      /** Of all graphs; null where only the runner can tell. */
      readonly runs: number | null;
      /** Of the results, below the storage's place, for each seed; null where only the runner can tell. */
      readonly folder: ((seed: number) => string) | null;
      /** What is played, and what is to be known of it, in words. */
      readonly message: string;
    }
  | { readonly accepted: false; readonly reason: string; readonly message: string };
