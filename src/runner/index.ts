export { openHosts, stopHosts } from './addresses.ts';
export { type Assignment, parseAssignment } from './assignment.ts';
export { clusterDomain, createLookup } from './cluster-names.ts';
export { type DeploymentSpec, deploymentSpec } from './deployment.ts';
export { drawSeed } from './draw-seed.ts';
export { type Manifest, parseManifest } from './manifest.ts';
export {
  announceBetweenness,
  createMeasurer,
  type MeasureOptions,
  type Measurer,
} from './measures.ts';
export { type Needs, needsOf, type Way } from './needs.ts';
export type { ClusterNeeds, Pods } from './needs-cluster.ts';
export type { Limits, Quota } from './needs-fit.ts';
export {
  hostResources,
  nodeOptions,
  type PodResources,
  runnerResources,
  workerResources,
} from './needs-pods.ts';
export type { RoundsEstimate } from './needs-rounds.ts';
export { type GraphSizes, type SimulationSizes, sizesOf } from './needs-sizes.ts';
export { bytesText, coresText, countText, manyText, secondsText } from './needs-text.ts';
export { tryRounds } from './needs-trial.ts';
export { type SpeedUp, speedUpOf, unpairedBy } from './pairs.ts';
export {
  type PlannedGraph,
  planOn,
  planSimulation,
  type SimulationPlan,
  withSeed,
} from './plan.ts';
export { notTheStrategy, planOfManifest, sampleOf } from './plan-of-manifest.ts';
export {
  type PlayedAssignment,
  playAssignment,
  type Surroundings,
} from './play-assignment.ts';
export type { HistoryKind, OnRound, RunOutcome } from './play-run.ts';
export { createPlayer, type Player, type RunSetup } from './player.ts';
export { type ProcessSettings, refuseOnProcesses } from './process-player.ts';
export { createRecorder, type Recorder, readRow } from './record.ts';
export { type RecordedExecution, recordedExecution } from './recorded.ts';
export { parametersText, type ReportRow, report } from './report.ts';
export {
  type NamedBytes,
  parseResources,
  type Resources,
  readResources,
  refuseDoubles,
} from './resources.ts';
export {
  countRuns,
  type FinishedSimulation,
  historyOf,
  type RunOptions,
  runSimulations,
} from './run.ts';
export {
  createProgressKeeper,
  PHASES,
  type ProgressKeeper,
  type RunnerProgress,
} from './runner-progress.ts';
export { readSeedEnvironment, type SeedEnvironment } from './seed-environment.ts';
export { playSeedNodes, type SeedRunOptions } from './seed-run.ts';
export {
  MAXIMUM_SEED,
  partsOf,
  type SimulationSource,
  type SimulationSpec,
  simulationResource,
  simulationSpec,
} from './simulation.ts';
export { type RunsSummary, roundsOf, type SummarizedRun, summarize } from './summarize.ts';
export { drawerOf, setupOf } from './tasks.ts';
export { VERSION } from './version.ts';
export { weigh } from './weights.ts';
