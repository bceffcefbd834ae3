import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { gossip } from './command.fixture.ts';

for (const [what, args, words] of [
  ['a namespace that is none', ['--namespaces', 'a,B_c'], /--namespaces: "B_c" is no namespace/],
  ['a place that is none', ['--results', 'folder'], /"folder" cannot be a place for results/],
  ['no Simulation at once', ['--simulations-at-once', '0'], /integer from 1 to 1000/],
  ['an unknown flag', ['--hosts', '3'], /--hosts/],
] as const) {
  test(`${what} is refused`, async () => {
    const { code, stderr } = await gossip('operator', ...args);
    assert.is(code, 2);
    assert.match(stderr, words);
    assert.not.match(stderr, /\n\s+at /);
  });
}

test('without a cluster it says what is missing', async () => {
  const { KUBECONFIG } = process.env;
  process.env.KUBECONFIG = '/nowhere/config';
  try {
    const { code, stderr } = await gossip('operator');
    assert.is(code, 2);
    assert.match(stderr, /KUBECONFIG/);
  } finally {
    if (KUBECONFIG === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = KUBECONFIG;
  }
});

test.run();
