export { assignmentOf } from './assignment.ts';
export { hostsJob } from './hosts-job.ts';
export { SEED_ANNOTATION, START_ANNOTATION, simulationLabel } from './labels.ts';
export {
  type AcceptedGraph,
  type Making,
  onHosts,
  podsOf,
  startDeadlineOf,
} from './making.ts';
export { networkPolicy } from './network-policy.ts';
export { PROGRESS_PORT } from './player.ts';
export { runnerJob } from './runner-job.ts';
export { secretOf } from './secret.ts';
export { hostsService } from './service.ts';
export { workersJob } from './workers-job.ts';
