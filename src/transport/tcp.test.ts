import { test } from 'uvu';
import { parseAddress } from './address.ts';
import { createTcp } from './tcp.ts';
import { transportConformance } from './transport.conformance.ts';

transportConformance(
  'tcp',
  () => (address) =>
    createTcp({ listen: address === undefined ? undefined : parseAddress(address) }),
);

test.run();
