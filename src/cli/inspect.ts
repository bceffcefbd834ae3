import { toJson } from '@bufbuild/protobuf';
import { Command, Option } from 'commander';
import { inputError } from '../errors.ts';
import {
  type DescribeResponse,
  ExplainResponseSchema,
  type InspectResponse,
  InspectResponseSchema,
  WatchResponseSchema,
} from '../gen/gossip/v1/host_pb.ts';
import { createInspector, type Inspector } from '../runner/inspector.ts';
import { explanationText, hostText, printable, roundText } from './inspect-text.ts';

interface InspectFlags {
  readonly watch?: boolean;
  readonly why?: string;
  readonly format: 'table' | 'json';
}

const INTERRUPTED = 130;
/** Fields that are 0 or empty are said too. */
const ALL = { alwaysEmitImplicit: true } as const;

/** `gossip inspect ADDRESS`: looks into a host of ours while it is there. */
export function inspectCommand(done: (code: number) => void): Command {
  return new Command('inspect')
    .description("a host's nodes: values, weights, last exchanges (its token by GOSSIP_TOKEN)")
    .argument('<address>', 'where the host listens for its runner, as host:port')
    .addOption(
      new Option('--watch', 'say each round as it is played, until the host stops').conflicts(
        'why',
      ),
    )
    .option('--why <node>', 'explain the last choice of a node')
    .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
    .action(async (address: string, flags: InspectFlags) => {
      const inspector = createInspector(address, process.env.GOSSIP_TOKEN ?? '');
      try {
        if (flags.why !== undefined) await explain(inspector, flags.why, flags.format);
        else if (flags.watch) done(await watch(inspector, flags.format));
        else await show(inspector, address, flags.format);
      } finally {
        inspector.close();
      }
    });
}

async function show(
  inspector: Inspector,
  address: string,
  format: InspectFlags['format'],
): Promise<void> {
  const [host, held]: [DescribeResponse, InspectResponse] = await Promise.all([
    inspector.describe(),
    inspector.inspect(),
  ]);
  if (format === 'table') return console.log(hostText(address, host, held));
  const { version, peerPort, nodeCount } = host;
  const json = toJson(InspectResponseSchema, held, ALL);
  console.log(JSON.stringify({ version, peerPort, nodeCount, ...(json as object) }, null, 2));
}

async function explain(
  inspector: Inspector,
  name: string,
  format: InspectFlags['format'],
): Promise<void> {
  const { nodes } = await inspector.inspect();
  const node = nodes.find((node) => node.name === name)?.node;
  if (node === undefined) throw inputError(notHeld(name, nodes));
  const explained = await inspector.explain(node);
  if (format === 'table') return console.log(explanationText(explained));
  console.log(JSON.stringify(toJson(ExplainResponseSchema, explained, ALL), null, 2));
}

function notHeld(name: string, nodes: InspectResponse['nodes']): string {
  if (nodes.length === 0) return 'the host has begun no run yet: there is nothing to explain';
  const some = nodes.slice(0, 5).map(({ name }) => printable(name));
  const more = nodes.length > some.length ? `, … (${nodes.length} in all)` : '';
  return `node ${name} is not held by this host, which has ${some.join(', ')}${more}`;
}

/** Until the host ends the stream, or somebody interrupts. */
async function watch(inspector: Inspector, format: InspectFlags['format']): Promise<number> {
  const interrupt = new AbortController();
  const listener = () => interrupt.abort();
  process.once('SIGINT', listener);
  let names = new Map<number, string>();
  let epoch = 0n;
  try {
    for await (const round of inspector.watch(interrupt.signal)) {
      if (format === 'json') {
        console.log(JSON.stringify(toJson(WatchResponseSchema, round, ALL)));
        continue;
      }
      if (round.epoch !== epoch) {
        const { nodes } = await inspector.inspect();
        names = new Map(nodes.map(({ node, name }) => [node, name]));
        epoch = round.epoch;
      }
      console.log(roundText(round, names));
    }
  } finally {
    process.off('SIGINT', listener);
  }
  return interrupt.signal.aborted ? INTERRUPTED : 0;
}
