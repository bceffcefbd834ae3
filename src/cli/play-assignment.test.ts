import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import {
  accepted,
  comparable,
  GRAPHS,
  NAMESPACE,
  playedAtOnce,
} from '../runner/assignment.fixture.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { commandLine, gossip, inFolder, type Said } from './command.fixture.ts';
import { terminationMessage } from './termination.ts';

/** A pod with an assignment, and an API server that has the Graphs. */
interface Pod {
  readonly results: string;
  /** Of the pages. */
  readonly port: number;
  /** The command line. */
  readonly args: string[];
  readonly environment: Record<string, string>;
  /** What the pod left as its last message. */
  message(): Record<string, unknown>;
}

interface PodSettings {
  readonly play?: object;
  readonly assignment?: string;
  readonly graph?: (name: string) => Promise<object | null>;
}

const GRAPH_PATH = new RegExp(`^/apis/gossip\\.io/v1/namespaces/${NAMESPACE}/graphs/(\\w+)$`);

async function withPod(
  {
    play = { on: 'memory', workers: 1 },
    assignment,
    graph = async (name) => parse(GRAPHS[name]),
  }: PodSettings,
  use: (pod: Pod) => Promise<void>,
): Promise<void> {
  const server = createServer(async (request, response) => {
    const [, name = ''] = GRAPH_PATH.exec(request.url ?? '') ?? [];
    const found = await graph(name);
    const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 };
    const details = { reason: 'NotFound', message: `graphs.gossip.io "${name}" not found` };
    response.writeHead(found === null ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(found ?? { ...status, ...details }));
  });
  const api = await listen(server);
  try {
    await inFolder({}, async (folder) => {
      const results = join(folder, 'results');
      const [file, log] = [join(folder, 'assignment.json'), join(folder, 'termination-log')];
      const whole = { ...(await accepted()), results, play };
      writeFileSync(file, assignment ?? JSON.stringify(whole));
      writeFileSync(join(folder, 'kubeconfig'), kubeconfigOf(api));
      const port = await freePort();
      await use({
        ...{ results, port },
        args: ['runner', '--assignment', file, '--port', String(port)],
        environment: {
          KUBECONFIG: join(folder, 'kubeconfig'),
          GOSSIP_TERMINATION_LOG: log,
          GOSSIP_TOKEN: 'secret',
        },
        message: () => JSON.parse(readFileSync(log, 'utf8')),
      });
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

function kubeconfigOf(port: number): string {
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'test' },
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'test', user: { token: 'of the account' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  });
}

/** Runs the pod's command in this process. */
async function run({ args, environment }: Pod): Promise<Said> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await gossip(...args);
  } finally {
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

/** The lines of a log, each of which must be JSON. */
function logged({ stderr }: Said): Record<string, unknown>[] {
  return stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

timedTest('a worker plays its assignment: objects, last message, log, and no table', () =>
  withPod({}, async (pod) => {
    const said = await run(pod);
    assert.is(said.code, 0, said.stderr);
    assert.is(said.stdout, '');
    const expected = await playedAtOnce();
    assert.equal(comparable(pod.results), expected);
    const [folder] = Object.keys(expected)[0].split('/');
    assert.equal(pod.message(), { folder, runs: 20 });
    const { message, runs } = logged(said).at(-1)!;
    assert.equal([message, runs], ['finished', 20]);
  }),
);

timedTest('pages tell how far a runner is, whatever it does', async () => {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const graph = async (name: string) => {
    asked.resolve();
    await go.promise;
    return parse(GRAPHS[name]);
  };
  await withPod({ graph }, async (pod) => {
    const said = run(pod);
    await Promise.race([asked.promise, said]);
    const page = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${pod.port}${path}`);
      return `${response.status} ${await response.text()}`;
    };
    assert.is(
      await page('/progress'),
      '200 {"phase":"measuring","hostsReady":0,"hosts":0,"runsDone":0,"runs":0,"folder":null}\n',
    );
    assert.is(await page('/healthz'), '200 serving\n');
    assert.match(await page('/other'), /^404/);
    const metrics = await page('/metrics');
    for (const line of [
      'gossip_runner_phase{phase="measuring"} 1',
      'gossip_runner_phase{phase="playing"} 0',
      'gossip_runner_runs_done 0',
      'gossip_runner_hosts_ready 0',
    ]) {
      assert.ok(metrics.includes(`\n${line}\n`), `${line} in ${metrics}`);
    }
    assert.match(metrics, /^gossip_runner_phase_seconds\{phase="measuring"\} [\d.e-]+$/m);
    assert.match(metrics, /^process_resident_memory_bytes \d+$/m);
    go.resolve();
    assert.is((await said).code, 0);
  });
});

timedTest(
  'a graph that was edited or is gone, and an assignment that is none: code 2, and why',
  async () => {
    const edited = async (name: string) => {
      const graph = parse(GRAPHS[name]);
      graph.spec.graphProperties = { edited: 'yes' };
      return graph;
    };
    const cases: [PodSettings, RegExp][] = [
      [{ graph: edited }, /^Graph lab\/\w+ was edited since the Simulation was accepted/],
      [{ graph: async () => null }, /^there is no Graph \w+ in the namespace lab any more$/],
      [
        { assignment: '{"simulation": {}}' },
        /assignment\.json is not an assignment: simulation\.name/,
      ],
      [{ assignment: 'no' }, /assignment\.json is not an assignment/],
      [
        {
          play: {
            on: 'hosts',
            graph: 5,
            hosts: 1,
            nodesPerHost: 99,
            job: 'j',
            service: 's',
            startDeadlineSeconds: 1,
          },
        },
        /no graph 5/,
      ],
    ];
    for (const [settings, why] of cases) {
      await withPod(settings, async (pod) => {
        const said = await run(pod);
        assert.is(said.code, 2, said.stderr);
        const { error, code } = pod.message();
        assert.is(code, 'input');
        assert.match(String(error), why);
        assert.is(logged(said).at(-1)!.message, error);
        assert.equal(comparable(pod.results), {});
      });
    }
  },
);

timedTest('hosts that do not come: code 1, and which', () => {
  const hosts = { on: 'hosts', graph: 0, hosts: 4, nodesPerHost: 4, startDeadlineSeconds: 1 };
  return withPod({ play: { ...hosts, job: 'none-g0', service: 'none' } }, async (pod) => {
    const said = await run(pod);
    assert.is(said.code, 1, said.stderr);
    const { error, code } = pod.message();
    assert.is(code, 'failed');
    assert.match(String(error), /^4 of 4 hosts did not answer: none-g0-0, none-g0-1, none-g0-2/);
  });
});

timedTest('a pod that is told to leave does, with code 143 and a last message', async () => {
  const asked = Promise.withResolvers<void>();
  const graph = async () => {
    asked.resolve();
    return new Promise<null>(() => {});
  };
  await withPod({ graph }, async (pod) => {
    const [program, args] = commandLine(...pod.args);
    const child = spawn(program, args, { env: { ...process.env, ...pod.environment } });
    const ended = once(child, 'close');
    await Promise.race([asked.promise, ended]);
    child.kill('SIGTERM');
    assert.equal(await ended, [143, null]);
    const error = 'told to leave (SIGTERM): 0 of 0 runs are finished and kept';
    assert.equal(pod.message(), { error, code: 'failed' });
  });
});

test('what an assignment says cannot be said by flags too', async () => {
  for (const more of [['graph.yaml'], ['--seed', '3'], ['--hosts', 'a:1'], ['--results', 'x']]) {
    const { code, stderr } = await gossip('runner', '--assignment', 'a.json', ...more);
    assert.is(code, 2);
    assert.match(stderr, new RegExp(`^gossip: ${more[0]} goes without --assignment`));
  }
});

test('a last message is JSON that Kubernetes keeps whole', () => {
  const short = { error: 'no host', code: 'failed' } as const;
  assert.is(terminationMessage(short), '{"error":"no host","code":"failed"}');
  for (const text of ['x', 'ü', '\n', '😀', '"']) {
    const message = terminationMessage({ ...short, error: text.repeat(9000) });
    const bytes = Buffer.byteLength(message);
    assert.ok(bytes <= 4096 && bytes > 3000, String(bytes));
    const { error, code } = JSON.parse(message);
    assert.is(code, 'failed');
    assert.match(error, new RegExp(`^(${text})+\\ufffd?…$`));
  }
});

test.run();
