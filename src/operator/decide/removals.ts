import type { Removal } from '../observation.ts';

/** Removes everything of a graph. */
export function allOf(graph: number): Removal {
  return { graph, hosts: true, runner: true, policy: true };
}

/** Removes everything but, where it has ended, the Job of the runner or of the workers, for its logs. */
export function exceptLogs(graph: number, onHosts: boolean, hasEnded: boolean): Removal {
  return { graph, hosts: onHosts || !hasEnded, runner: !hasEnded, policy: true };
}

/** Removes the pods; the policy and its Secret stay for the next attempt. */
export function podsOnly(graph: number): Removal {
  return { graph, hosts: true, runner: true, policy: false };
}
