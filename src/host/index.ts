export { AGGREGATES, type Aggregate, finalValue } from './aggregate.ts';
export type { ChoiceSettings } from './choice.ts';
export { createHost, type Host, type HostConfiguration } from './host.ts';
export type { MemoryKind } from './memory.ts';
export type { Played } from './play.ts';
export type { Progress } from './progress.ts';
export {
  deriveKey,
  integer,
  type Key,
  Purpose,
  seedWords,
  sequence,
  unit,
  word,
} from './random.ts';
export { SCHEDULES, type Schedule } from './schedule.ts';
export { RANDOM_START_MAXIMUM, type Start, startValues } from './start.ts';
export { createSteps, type RoundExchanges, type Steps } from './steps.ts';
