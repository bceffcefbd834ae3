/** Collects what changed in each round of a run, as the text of `<simulation>_changes.jsonl`. */
export interface ChangesWriter {
  /** Adds a round's values, one a node; the first are those before round 1, and all of them are written. */
  add(values: Float64Array): void;
  /** The text so far as UTF-8, in pieces. */
  pieces(): Uint8Array[];
}

/** A writer of one JSON object a line: {"round_num": 3, "nodes": [numbers], "values": [what each holds now]}. */
export function changesWriter(numbers: Float64Array): ChangesWriter {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let before: Float64Array | null = null;
  let round = 0;
  return {
    add(values) {
      const nodes: number[] = [];
      const changed: number[] = [];
      for (let node = 0; node < values.length; node++) {
        if (before !== null && values[node] === before[node]) continue;
        nodes.push(numbers[node]);
        changed.push(values[node]);
      }
      before ??= new Float64Array(values.length);
      before.set(values);
      const line = JSON.stringify({ round_num: round++, nodes, values: changed });
      pieces.push(encoder.encode(`${line}\n`));
    },
    pieces: () => pieces,
  };
}
