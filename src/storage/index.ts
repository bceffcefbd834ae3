export { csvRecords } from './csv-records.ts';
export { createDirectoryStorage } from './directory.ts';
export { type HistoryWriter, historyWriter } from './history.ts';
export {
  averageKey,
  changesKey,
  executionFolder,
  gexfKey,
  gifKey,
  historyKey,
  manifestKey,
  nodesKey,
  pngKey,
  type RunPlace,
  runFolder,
  runKey,
  runsCsvKey,
  simulationFolder,
  summaryKey,
  timingsCsvKey,
} from './layout.ts';
export { openStorage } from './open.ts';
export { parseRunsCsv } from './parse-runs-csv.ts';
export {
  float,
  type PythonFloat,
  type PythonValue,
  pythonFloat,
  pythonJson,
} from './python-json.ts';
export {
  type PartialRunRow,
  parseRunObject,
  RUN_COLUMNS,
  type RunRow,
  runObject,
  runsCsv,
  runsCsvHeader,
  runsCsvLine,
} from './runs-csv.ts';
export type { Content, PutOptions, Storage } from './storage.ts';
export {
  averageObject,
  type GraphMetadata,
  type Summary,
  summaryObject,
} from './summary-object.ts';
