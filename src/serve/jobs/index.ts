export { createJobs } from './create-jobs.ts';
export { examples } from './examples.ts';
export type { JobMessage, Jobs, JobsOptions, Limits } from './jobs.ts';
export { starting } from './starting.ts';
