import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { formatAddress, parseAddress } from './address.ts';

test('names, IPv4 and IPv6 with a port are read and written', () => {
  const good: [string, string, number][] = [
    ['localhost:80', 'localhost', 80],
    ['gossip-3.gossip.default.svc:50052', 'gossip-3.gossip.default.svc', 50052],
    ['10.0.0.7:0', '10.0.0.7', 0],
    ['[::1]:65535', '::1', 65535],
    ['[fe80::1%eth0]:1', 'fe80::1%eth0', 1],
  ];
  for (const [text, host, port] of good) {
    assert.equal(parseAddress(text), { host, port });
    assert.is(formatAddress({ host, port }), text);
  }
});

test('all else is refused and shown', () => {
  const bad = ['', 'host', ':80', 'host:', 'host:x', 'host:65536', 'host:-1', 'host:1:2', '::1:80'];
  bad.push('[::1]', '[]:80', '[host]:80', 'ho st:80', 'http://host:80', 'host:80/', 'host:080000');
  for (const text of bad) {
    assert.throws(
      () => parseAddress(text),
      (error: unknown) =>
        error instanceof GossipError &&
        error.code === 'input' &&
        error.message.startsWith(`${JSON.stringify(text)} is no address`),
      text,
    );
  }
});

test('whatever is read is written the same', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(99999), (host, port) => {
      const text = `${host}:${port}`;
      try {
        assert.is(formatAddress(parseAddress(text)), text);
      } catch (error) {
        assert.instance(error, GossipError);
      }
    }),
    { seed: 1 },
  );
});

test.run();
