import {
  bytesText,
  coresText,
  countText,
  manyText,
  type Needs,
  type Pods,
  type SimulationSizes,
  secondsText,
  type Way,
} from '../runner/index.ts';
import { plainTable } from './table.ts';

/** What there is of something, and what it is made of. */
type Line = readonly [what: string, amount: string, details: string];

/** What a simulation needs, as people read it. */
export function needsText(sizes: SimulationSizes, way: Way, needs: Needs): string {
  const lines = [...holderLines(way, needs), ...commonLines(sizes, needs)];
  const table = plainTable(['', 'how much', ''], lines, ['left', 'right', 'left']);
  const { problems, notes } = needs;
  const said = [
    ...problems.map((problem) => `Does not fit: ${problem}.`),
    ...notes.map((note) => `Note: ${note}.`),
    ...(problems.length === 0 ? ['It fits.'] : []),
  ];
  return [heading(sizes, way, needs), '', table, '', ...said].join('\n');
}

function heading({ name, graphs }: SimulationSizes, way: Way, { runs }: Needs): string {
  const nodes = graphs.map((graph) => graph.nodes);
  const [least, most] = [Math.min(...nodes), Math.max(...nodes)];
  const size = least === most ? countText(most) : `${countText(least)} to ${countText(most)}`;
  const of = graphs.length === 1 ? 'a graph' : manyText(graphs.length, 'graph');
  const where = { memory: 'in memory', processes: 'on processes', kubernetes: 'on Kubernetes' };
  return `${name}: ${manyText(runs, 'run')} on ${of} of ${size} nodes, ${where[way.on]}`;
}

/** What holds the nodes. */
function holderLines(way: Way, { cluster, processes, memory }: Needs): Line[] {
  if (way.on === 'memory')
    return [['memory', bytesText(memory), `${manyText(way.jobs, 'thread')}, at most`]];
  if (way.on === 'processes') {
    return [
      [
        'processes',
        countText(processes),
        `${manyText(way.nodesPerHost, 'node')} a host; and the runner`,
      ],
      ['addresses', countText(2 * processes), 'ports on this machine, two a process'],
      ['memory', bytesText(memory), 'of all processes, at most'],
    ];
  }
  const { holders, runner, pods, machines, requests, limits, objects, bytes, graphBytes } =
    cluster!;
  const each =
    runner === null
      ? 'runs shared out'
      : `${manyText(way.deployment.nodesPerHost ?? 1, 'node')} each`;
  const atMost = limits.memory === null ? '' : `; limits ${bytesText(limits.memory)}`;
  return [
    [
      runner === null ? 'workers' : 'hosts',
      manyText(holders.count, 'pod'),
      `${each}; ${podText(holders)}`,
    ],
    ...(runner === null ? [] : [['runner', manyText(1, 'pod'), podText(runner)] as const]),
    ['machines', countText(machines), 'at 110 pods and, for its time, 2 cores each'],
    [
      'addresses',
      countText(pods),
      runner === null ? 'of pods' : 'of pods; hosts listen on 50051 and 50052',
    ],
    ['CPU', coresText(requests.cpu), 'requested'],
    ['memory', bytesText(requests.memory), `requested${atMost}`],
    ['API objects', countText(sum(objects)), objectsText(objects)],
    ['in etcd', bytesText(bytes), `the largest Graph ${bytesText(graphBytes)}, of 1.5 MiB`],
  ];
}

function commonLines({ graphs }: SimulationSizes, { results, rounds, time }: Needs): Line[] {
  const mean = rounds.byGraph.reduce((sum, count) => sum + count, 0) / graphs.length;
  return [
    ['results', manyText(results.objects, 'object'), bytesText(results.bytes)],
    ['rounds', `${Number(mean.toPrecision(2))} a run`, roundsText(rounds)],
    ['time', secondsText(time.total), timeText(time)],
  ];
}

function roundsText({ tried, unfinished }: Needs['rounds']): string {
  if (tried === 0) return 'a rough guess from the number of nodes: it is too large to try';
  if (unfinished > 0)
    return `at least: ${unfinished} of ${manyText(tried, 'run')} tried in memory did not end soon`;
  return `as ${manyText(tried, 'run')} took that ${tried === 1 ? 'was' : 'were'} tried in memory`;
}

function timeText({ starting, measuring, configuring, playing, storing }: Needs['time']): string {
  const parts = { starting, measuring, configuring, playing, storing };
  return Object.entries(parts)
    .filter(([, seconds]) => seconds >= 0.05)
    .map(([name, seconds]) => `${name} ${secondsText(seconds)}`)
    .join(', ');
}

function podText({ requests, limits }: Pods): string {
  return `${requests.cpu} CPU, ${requests.memory} memory (at most ${limits.memory})`;
}

function objectsText(objects: Readonly<Record<string, number>>): string {
  return Object.entries(objects)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => manyText(count, kind))
    .join(', ');
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
