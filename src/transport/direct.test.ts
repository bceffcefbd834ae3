import { test } from 'uvu';
import { createDirect, type DirectNetwork } from './direct.ts';
import { transportConformance } from './transport.conformance.ts';

transportConformance('direct', () => {
  const network: DirectNetwork = new Map();
  let made = 0;
  return (address = `host-${++made}:1`) => createDirect(network, address);
});

test.run();
