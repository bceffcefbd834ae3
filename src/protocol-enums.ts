import { Aggregate, Memory, Schedule } from './gen/gossip/v1/host_pb.ts';
import type { Aggregate as AggregateName } from './host/aggregate.ts';
import type { MemoryKind } from './host/memory.ts';
import type { Schedule as ScheduleName } from './host/schedule.ts';

/** What messages have where a Simulation's spec and the host have a word. */
export const AGGREGATE_CODES = {
  minimum: Aggregate.MINIMUM,
  maximum: Aggregate.MAXIMUM,
  mean: Aggregate.MEAN,
} as const satisfies Record<AggregateName, Aggregate>;

/** As AGGREGATE_CODES. */
export const SCHEDULE_CODES = {
  ascending: Schedule.ASCENDING,
  shuffled: Schedule.SHUFFLED,
  random: Schedule.RANDOM,
  synchronous: Schedule.SYNCHRONOUS,
} as const satisfies Record<ScheduleName, Schedule>;

/** As AGGREGATE_CODES. */
export const MEMORY_CODES = {
  none: Memory.NONE,
  plain: Memory.PLAIN,
  complex: Memory.COMPLEX,
} as const satisfies Record<MemoryKind, Memory>;

/** The word of a code; undefined where there is none, as for what is not specified. */
export function wordOf<Word extends string>(
  codes: Readonly<Record<Word, number>>,
  code: number,
): Word | undefined {
  return (Object.keys(codes) as Word[]).find((word) => codes[word] === code);
}
