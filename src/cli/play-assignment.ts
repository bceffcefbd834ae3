import { readFile } from 'node:fs/promises';
import { GossipError, inputError } from '../errors.ts';
import {
  type Assignment,
  clusterDomain,
  createLookup,
  createProgressKeeper,
  parseAssignment,
  playAssignment,
} from '../runner/index.ts';
import { jsonLog } from '../service/log.ts';
import { openStrategies } from '../strategies/index.ts';
import { exitCodeOf, onSignals } from './interruption.ts';
import { openPatiently } from './patient-storage.ts';
import { serveRunnerPages } from './runner-pages.ts';
import { strategyDirectories } from './strategy-directories.ts';
import { leaveMessage } from './termination.ts';

/** What a runner pod may be told beside its assignment. */
export interface AssignmentFlags {
  readonly strategies?: string;
  readonly jobs: number;
  /** Of the pages. */
  readonly port?: number;
}

const PAGES_PORT = 8080;
const HOST_PORT = 50051;
/** Where strategies of the user's are mounted, unless --strategies says it. */
const STRATEGIES = '/etc/gossip-strategies';

/**
 * Plays what an operator has assigned to this pod; gives the exit code. What people and the operator want to know is
 * served as pages, logged, and left as the pod's last message.
 */
export async function playAssigned(file: string, flags: AssignmentFlags): Promise<number> {
  const interruption = onSignals();
  const { signal } = interruption;
  const progress = createProgressKeeper();
  const close: (() => unknown)[] = [interruption.stop];
  try {
    const assignment = parseAssignment(await textOf(file), file);
    const pages = await serveRunnerPages(progress, flags.port ?? PAGES_PORT);
    close.push(pages.close);
    // Loaded here alone: it is large.
    const { openGraphs } = await import('../kubernetes/graphs.ts');
    const graphs = await openGraphs();
    close.push(graphs.close);
    const notice = noticeOnce();
    const played = await playAssignment(assignment, {
      readGraph: (namespace, name) => graphs.read(namespace, name, signal),
      storage: await openPatiently(assignment.results, { notice, signal }),
      strategies: openStrategies(directoriesOf(assignment, flags)),
      worker: workerOf(process.env.JOB_COMPLETION_INDEX),
      jobs: flags.jobs,
      token: process.env.GOSSIP_TOKEN ?? '',
      domain: clusterDomain(await readFile('/etc/resolv.conf', 'utf8').catch(() => '')),
      hostPort: HOST_PORT,
      lookup: createLookup(),
      progress,
      signal,
      notice,
    });
    jsonLog('finished', { ...played });
    leaveMessage(played);
    return 0;
  } catch (error) {
    const { runsDone, runs } = progress.now();
    if (signal.aborted) {
      const said = `told to leave (${signal.reason}): ${runsDone} of ${runs} runs are finished and kept`;
      jsonLog(said);
      leaveMessage({ error: said, code: 'failed' });
      return exitCodeOf(signal);
    }
    const { message, stack } = error as Error;
    const code = error instanceof GossipError ? error.code : 'failed';
    jsonLog(message, { code, runsDone, runs, ...(error instanceof GossipError ? {} : { stack }) });
    leaveMessage({ error: message, code });
    return code === 'input' ? 2 : 1;
  } finally {
    for (const end of close.reverse()) await end();
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw inputError(`--assignment ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Says each thing once: many runs may meet the same. */
function noticeOnce(): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) jsonLog(text);
    said.add(text);
  };
}

function directoriesOf({ strategies }: Assignment, flags: AssignmentFlags): string[] {
  return strategyDirectories(flags.strategies ?? (strategies ? STRATEGIES : undefined));
}

function workerOf(text = '0'): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw inputError(`JOB_COMPLETION_INDEX is ${JSON.stringify(text)}: it must be a number from 0`);
}
