import type { SimulationClient } from './client.ts';
import { goTo, placeLink } from './place.ts';
import { tokenHeaders } from './token.ts';

/**
 * Starts what is asked, and goes to where it is seen: one to its run, several to where they can be compared.
 *
 * @throws what startSimulations answers
 */
export async function startAndSee(
  client: SimulationClient,
  asked: Parameters<SimulationClient['startSimulations']>[0],
): Promise<void> {
  const { jobs } = await client.startSimulations(asked, { headers: tokenHeaders() });
  goTo(
    jobs.length === 1
      ? placeLink('run', { job: jobs[0].id })
      : placeLink('simulations', { with: jobs.map(({ folder }) => folder) }),
  );
}
