import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Exported } from '../web/offline/exported.ts';
import { unpackExported } from '../web/offline/unpack.ts';
import { exportedDocument } from './page-document.ts';

const HOSTILE = '</script><script>alert(1)</script><!-- \u2028 \ud800 "\'`&quot;';
const EXPORTED = {
  format: 1,
  server: { storage: HOSTILE },
  graphs: [{ picture: { names: [HOSTILE], [HOSTILE]: 0.1 + 0.2 }, words: [1], measures: {} }],
  simulations: [],
  contestants: [],
} satisfies Exported;
const PARTS = {
  script: 'console.log("</script>", `</SCRIPT `);',
  style: 'a::before{content:"ä"}',
  licenses: 'MIT, by A <a@b.c>',
};

/** What stands between two texts. */
function between(text: string, before: string, after: string): string {
  const from = text.indexOf(before) + before.length;
  return text.slice(from, text.indexOf(after, from));
}

test('what is exported comes back as it was, and nothing of it is markup', async () => {
  const document = exportedDocument(EXPORTED, PARTS);
  const packed = between(document, 'id="exported">', '</script>');
  assert.match(packed, /^[A-Za-z0-9+/]+=*$/);
  assert.equal(await unpackExported(packed), EXPORTED);
  assert.not.match(document, 'alert(1)');
  assert.is(document.match(/<script/g)?.length, 3);
  assert.is(document.match(/<\/script/gi)?.length, 3);
});

test('its own script and style alone are run, and they are what they were', () => {
  const document = exportedDocument(EXPORTED, PARTS);
  const script = between(document, '<script type="module">', '</script>');
  assert.is(script, 'console.log("<\\/script>", `<\\/SCRIPT `);');
  const style = between(document, '<style>', '</style>');
  assert.is(style, PARTS.style);
  const policy = between(document, 'Content-Security-Policy" content="', '"');
  const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
  assert.match(policy, `script-src 'sha256-${hashOf(script)}';`);
  assert.match(policy, `style-src 'sha256-${hashOf(style)}';`);
  assert.match(policy, "default-src 'none';");
  assert.match(policy, "connect-src 'none'");
});

test('the same is exported as the same bytes', () => {
  assert.is(exportedDocument(EXPORTED, PARTS), exportedDocument(EXPORTED, PARTS));
});

test('a script or style that would end early is refused, and a damaged file said to be one', async () => {
  for (const parts of [
    { ...PARTS, script: 'a <!--b' },
    { ...PARTS, script: '`\r\n`' },
    { ...PARTS, style: 'a{}</style>' },
    { ...PARTS, licenses: '<!--' },
  ]) {
    assert.throws(() => exportedDocument(EXPORTED, parts), /has .* in it/);
  }
  for (const packed of ['', '?', 'AAAA', 'H4sIAAAA']) {
    try {
      await unpackExported(packed);
      assert.unreachable();
    } catch (error) {
      assert.match((error as Error).message, 'this file is damaged');
    }
  }
});

test.run();
