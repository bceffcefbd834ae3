export { createDirectoryStorage } from './directory.ts';
export { type HistoryWriter, historyWriter } from './history.ts';
export {
  averageKey,
  changesKey,
  executionFolder,
  historyKey,
  manifestKey,
  nodesKey,
  type RunPlace,
  runFolder,
  runKey,
  runsCsvKey,
  simulationFolder,
  summaryKey,
  timingsCsvKey,
} from './layout.ts';
export {
  float,
  type PythonFloat,
  type PythonValue,
  pythonFloat,
  pythonJson,
} from './python-json.ts';
export { parseRunObject, RUN_COLUMNS, type RunRow, runObject, runsCsv } from './runs-csv.ts';
export type { Content, PutOptions, Storage } from './storage.ts';
export {
  averageObject,
  type GraphMetadata,
  type Summary,
  summaryObject,
} from './summary-object.ts';
