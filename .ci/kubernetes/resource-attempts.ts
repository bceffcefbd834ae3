/** Graphs and Simulations in a namespace of their own, by kubectl. */
import { execFileSync } from 'node:child_process';

export const NAMESPACE = 'gossip-resources';
const apiVersion = 'gossip.io/v1';

/** A Graph or a Simulation. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

/** What kubectl said, and whether it was an error. */
export interface Answer {
  readonly failed: boolean;
  readonly said: string;
}

export function graph(spec: object, name = 'graph'): Resource {
  return { apiVersion, kind: 'Graph', metadata: { name }, spec };
}

/** A Simulation that selects no graph, so that none is played where an operator is; what is undefined is left out. */
export function simulation(spec: object, name = 'simulation'): Resource {
  const whole = { graphSelector: { matchLabels: { name: 'nothing' } }, ...spec };
  const written = JSON.parse(JSON.stringify(whole));
  return { apiVersion, kind: 'Simulation', metadata: { name }, spec: written };
}

export function attempt(args: readonly string[], input?: object): Answer {
  try {
    return { failed: false, said: kubectl(args, input && JSON.stringify(input)) };
  } catch (error) {
    return { failed: true, said: (error as { stderr?: string }).stderr ?? String(error) };
  }
}

/** Throws what it said where it fails. */
export function kubectl(args: readonly string[], input = ''): string {
  const options = { encoding: 'utf8', input, stdio: 'pipe' } as const;
  return execFileSync('kubectl', ['-n', NAMESPACE, ...args], options);
}

/** JSON with keys in order. */
export function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );
}
