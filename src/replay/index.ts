export { runHandlers } from './handlers.ts';
export { createHistoryDecoder, type HistoryDecoder } from './history-decoder.ts';
export { createHistoryEncoder, type EncodedRun, type HistoryEncoder } from './history-encoder.ts';
export type { RoundFigures } from './kept-rounds.ts';
export { type OpenedRun, type OpenRun, openReplay } from './opened-run.ts';
export { createReplay, type Replay, type ReplaySettings } from './replay.ts';
export type { Codes } from './scale.ts';
export type { Meeting, NodeStory } from './story.ts';
