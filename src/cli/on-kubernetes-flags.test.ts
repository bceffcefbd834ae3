import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gossip, inFolder, KARATE } from './command.fixture.ts';

const ON = ['--on', 'kubernetes'];

/** A kubeconfig of a cluster that nothing listens for. */
const NOBODY = `apiVersion: v1
kind: Config
current-context: here
contexts: [{name: here, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
users: [{name: u, user: {}}]
`;

async function withKubeconfig(use: (folder: string) => Promise<void>): Promise<void> {
  const before = process.env.KUBECONFIG;
  try {
    await inFolder({ kubeconfig: NOBODY }, async (folder) => {
      process.env.KUBECONFIG = join(folder, 'kubeconfig');
      await use(folder);
    });
  } finally {
    if (before === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before;
  }
}

test('the help says what a cluster is told', async () => {
  const { stdout } = await gossip('run', '--help');
  for (const flag of ['namespace', 'context', 'deployment', 'parallelism'])
    assert.match(stdout, new RegExp(`--${flag} <\\w+> +on kubernetes`));
  assert.match(stdout, /--on <where>.*\n? *memory, processes,\s+kubernetes/);
});

test('flags that a cluster has no use for are refused, each with the reason', () =>
  withKubeconfig(async (folder) => {
    const cases: [args: string[], words: RegExp][] = [
      [['--jobs', '2'], /^gossip: --jobs does not go with --on kubernetes: .*--parallelism/],
      [['--processes', '2'], /--processes does not go .*--nodes-per-host/],
      [['--runs-at-once', '2'], /--runs-at-once does not go/],
      [['--retries', '1'], /--retries does not go/],
      [['--from', 'm.json'], /--from does not go .*--seed/],
      [['--resume'], /--resume does not go .*the same command/],
      [['--history', 'none'], /--history does not go .*no field/],
      [['--exact'], /--exact does not go/],
      [['--sample', '3'], /--sample does not go/],
      [['--deployment', 'pods'], /one of hosts, memory/],
      [['--parallelism', '0'], /integer from 1 to 1000/],
      [['--context', 'there'], /has no context "there": there are here/],
    ];
    for (const [args, words] of cases) {
      const results = ['--results', join(folder, 'results')];
      const { code, stdout, stderr } = await gossip('run', KARATE, ...ON, ...args, ...results);
      assert.equal([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, words);
    }
  }));

test('flags of a cluster are refused elsewhere', async () => {
  for (const flag of ['--namespace', '--context']) {
    const { code, stderr } = await gossip('run', KARATE, flag, 'x');
    assert.is(code, 2);
    assert.match(stderr, `${flag} goes with --on kubernetes`);
  }
  const args = ['--on', 'processes', '--parallelism', '2'];
  assert.match((await gossip('run', KARATE, ...args)).stderr, '--parallelism goes with');
});

test('what is wrong with graphs, algorithms and the cluster is said before anything is done', () =>
  withKubeconfig(async (folder) => {
    const results = ['--results', join(folder, 'results')];
    const unknown = await gossip('run', KARATE, ...ON, '--algorithm', 'defualt', ...results);
    assert.equal([unknown.code, unknown.stdout], [2, '']);
    assert.match(unknown.stderr, /no algorithm "defualt"; did you mean default/);
    process.env.KUBECONFIG = join(folder, 'none');
    const none = await gossip('run', KARATE, ...ON, ...results);
    assert.is(none.code, 2);
    assert.match(none.stderr, /KUBECONFIG names .*none, which is not there/);
  }));

test.run();
