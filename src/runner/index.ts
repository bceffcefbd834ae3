export { openHosts, stopHosts } from './addresses.ts';
export { type Assignment, parseAssignment } from './assignment.ts';
export { type DeploymentSpec, deploymentSpec } from './deployment.ts';
export { type Manifest, parseManifest } from './manifest.ts';
export {
  announceBetweenness,
  createMeasurer,
  type MeasureOptions,
  type Measurer,
} from './measures.ts';
export { type PlannedGraph, planSimulation, type SimulationPlan, withSeed } from './plan.ts';
export { notTheStrategy, planOfManifest, sampleOf } from './plan-of-manifest.ts';
export type { HistoryKind, RunOutcome } from './play-run.ts';
export { createPlayer, type Player, type RunSetup } from './player.ts';
export type { ProcessSettings } from './process-player.ts';
export { createRecorder, type Recorder } from './record.ts';
export { type RecordedExecution, recordedExecution } from './recorded.ts';
export { type ReportRow, report } from './report.ts';
export { type Resources, readResources } from './resources.ts';
export {
  countRuns,
  type FinishedSimulation,
  historyOf,
  type RunOptions,
  runSimulations,
} from './run.ts';
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
export { drawerOf, setupOf } from './tasks.ts';
export { VERSION } from './version.ts';
export { weigh } from './weights.ts';
