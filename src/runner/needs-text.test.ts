import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesText, coresText, manyText, secondsText } from './needs-text.ts';

test('amounts have about two digits, and a unit that people would choose', () => {
  const texts: [string, string][] = [
    [bytesText(0), '0 bytes'],
    [bytesText(999.6), '1,000 bytes'],
    [bytesText(1536), '1.5 KiB'],
    [bytesText(64 * 2 ** 20), '64 MiB'],
    [bytesText(1.26 * 2 ** 40), '1.3 TiB'],
    [coresText(1), '1 core'],
    [coresText(0.126), '0.13 cores'],
    [coresText(12.6), '13 cores'],
    [secondsText(0.0123), '0.012 s'],
    [secondsText(9.4), '9 s'],
    [secondsText(101), '2 min'],
    [secondsText(9000), '2.5 h'],
    [secondsText(86_400 * 12), '12 days'],
    [manyText(1, 'host'), '1 host'],
    [manyText(1200, 'host'), '1,200 hosts'],
  ];
  for (const [text, wanted] of texts) assert.is(text, wanted);
});

test.run();
