import { adjacencyText, type GraphSource } from '../graph/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { mostRounds, tooManyRounds } from '../pictures/limits.ts';
import type { Storage } from '../storage/index.ts';
import type { RunOutcome } from './play-run.ts';
import type { RecordedExecution } from './recorded.ts';
import { VERSION } from './version.ts';

/** Draws runs on one graph and stores what it has drawn. */
export interface Drawer {
  draw(recorded: RecordedExecution, run: number, outcome: RunOutcome): Promise<void>;
}

/** What is drawn, and where it goes. */
export interface DrawerSettings {
  readonly storage: Storage;
  readonly source: Pick<GraphSource, 'name' | 'graph' | 'adjacencyText'>;
  /** By node; null where the algorithm uses none. */
  readonly communities: ArrayLike<number> | null;
  /** The simulation's, YYYY-MM-DD-HH-MM-SS. */
  readonly timestamp: string;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}

/** A drawer of the runs on a graph; null where the graph is too large, which its plan has said. */
export async function createDrawer(settings: DrawerSettings): Promise<Drawer | null> {
  const { storage, source, communities, timestamp, signal, notice } = settings;
  const { name, graph } = source;
  if (mostRounds(graph) === 0) return null;
  // Loaded here, since a simulation without pictures need not wait for what draws them.
  const { createPictures } = await import('../pictures/index.ts');
  const pictures: Pictures = createPictures({
    graph,
    adjacencyText: source.adjacencyText ?? adjacencyText(graph),
    communities,
    date: timestamp.slice(0, 'YYYY-MM-DD'.length),
    creator: `gossip ${VERSION.gossip}`,
  });

  async function drawOne(
    recorded: RecordedExecution,
    run: number,
    { valuesByRound: values }: RunOutcome,
  ): Promise<void> {
    if (values === null) return notice(tooManyRounds(name, graph));
    const pictured = {
      place: { ...recorded.place, run },
      caption: captionOf(recorded, run),
      values,
    };
    for await (const { key, content, contentType } of pictures.of(pictured, signal)) {
      await storage.put(key, content, { contentType });
    }
  }

  // One after the other: drawing takes one thread whatever is begun, and what is half drawn takes memory.
  let before: Promise<unknown> = Promise.resolve();
  return {
    draw(...run) {
      const drawn = before.then(() => drawOne(...run));
      before = drawn.catch(() => {});
      return drawn;
    },
  };
}

/** What is drawn: "karate · weighted_factor · factor 1.5 · run 3". */
function captionOf({ place, summary }: RecordedExecution, run: number): string {
  const parts = [place.graph, summary.algorithm];
  const { factor, priorPartnerFactor, weightingParamA } = summary;
  for (const [name, value] of Object.entries({ factor, priorPartnerFactor, weightingParamA })) {
    if (value != null) parts.push(`${name} ${value}`);
  }
  if (place.repetitions > 1) parts.push(`run ${run}`);
  return parts.join(' · ');
}
