import { create } from '@bufbuild/protobuf';
import {
  type HistoryBeginning,
  HistoryBeginningSchema,
  type HistoryPart,
  HistoryPartSchema,
  type Round,
  RoundSchema,
  type RunPlace,
} from '../gen/gossip/v1/simulation_pb.ts';
import { type Aggregate as AggregateName, finalValue, spread } from '../host/aggregate.ts';
import { progressOf } from '../host/progress.ts';
import { AGGREGATE_CODES } from '../protocol-enums.ts';
import { distinctCodes, distinctNumbers } from './distinct.ts';
import { type Codes, scaleOf } from './scale.ts';

/** The run whose rounds are to be written. */
export interface EncodedRun {
  readonly place?: RunPlace;
  readonly aggregate: AggregateName;
  /** For mean: as in HostConfiguration. */
  readonly tolerance: number;
  /** The values that the run begins with, also where its first rounds are not written. */
  readonly start: Float64Array;
  /** Absent: the run is not over. */
  readonly lastRound?: number;
  /** For mean, writes the values themselves instead of steps; minimum and maximum are exact anyway. */
  readonly exact?: boolean;
}

/** Writes the rounds of one run as HistoryPart messages; another run takes another encoder. */
export interface HistoryEncoder {
  /**
   * Takes what all nodes hold after a round. Rounds ascend; some may be left out, the first ones too. The answer is a part
   * when there is enough for one, else null. Throws where a value is none that minimum or maximum could have led to.
   */
  add(round: number, values: Float64Array): HistoryPart | null;
  /** The part of what has been taken since the last one; null: nothing. */
  flush(): HistoryPart | null;
}

/**
 * About how many bytes make a part. One has at least a round, whose changes take 2 bytes each (steps), 3 to 5 (levels) or
 * 9 (exact); the first has the levels too, 8 bytes each.
 */
const PART_BYTES = 65_536;

export function createHistoryEncoder(run: EncodedRun): HistoryEncoder {
  const { aggregate, tolerance, start } = run;
  const nodes = start.length;
  let beginning: HistoryBeginning | null = beginningOf(run);
  const scale = scaleOf(beginning);
  const counted =
    scale.kind === 'levels' ? distinctCodes(beginning.levels.length) : distinctNumbers(nodes);
  const { final } = beginning;
  const ends = { values: start, final, allowed: tolerance * spread(start) };
  /** What was written last. */
  const codes: Codes = scale.codes(nodes);
  const last = new Float64Array(nodes);
  let isFirst = true;
  let rounds: Round[] = [];
  let bytes = 8 * beginning.levels.length;

  function write(round: number, values: Float64Array): void {
    const changed: number[] = [];
    const written: number[] = [];
    let before = 0;
    for (let node = 0; node < nodes; node++) {
      if (values[node] === last[node] && !isFirst) continue;
      last[node] = values[node];
      const code = scale.codeOf(values[node]);
      if (code === codes[node] && !isFirst) continue;
      codes[node] = code;
      changed.push(node - before);
      written.push(code);
      before = node;
    }
    isFirst = false;
    const message = create(RoundSchema, {
      round,
      changed,
      holding: progressOf(aggregate, values, ends).holding,
      distinct: counted(scale.kind === 'levels' ? codes : values),
      spread: spread(values),
    });
    if (scale.kind === 'steps') message.steps = Uint8Array.from(written);
    else message[scale.kind] = written;
    rounds.push(message);
    bytes += 32 + changed.length * BYTES[scale.kind];
  }

  function flush(): HistoryPart | null {
    if (rounds.length === 0) return null;
    const part = create(HistoryPartSchema, { rounds, beginning: beginning ?? undefined });
    beginning = null;
    rounds = [];
    bytes = 0;
    return part;
  }

  return {
    add(round, values) {
      write(round, values);
      return bytes >= PART_BYTES ? flush() : null;
    },
    flush,
  };
}

/** About how much a change takes, with its node. */
const BYTES = { levels: 3, steps: 2, values: 9 };

function beginningOf(run: EncodedRun): HistoryBeginning {
  const { place, aggregate, start, lastRound, exact = false } = run;
  const isMean = aggregate === 'mean';
  return create(HistoryBeginningSchema, {
    place,
    nodes: start.length,
    aggregate: AGGREGATE_CODES[aggregate],
    levels: isMean ? [] : [...new Set(Float64Array.from(start).sort())],
    least: finalValue('minimum', start),
    greatest: finalValue('maximum', start),
    final: finalValue(aggregate, start),
    lastRound,
    exact: isMean && exact,
  });
}
