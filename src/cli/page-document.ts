import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Exported } from '../web/offline/exported.ts';
import { EXPORTED_ID } from '../web/offline/unpack.ts';

/** The parts of the page that are the same in every export. */
export interface PageParts {
  /** A module that imports nothing. */
  readonly script: string;
  readonly style: string;
  /** Of the packages that both are of: they ask to be passed on with them. */
  readonly licenses: string;
}

/**
 * The page as one document, which asks for nothing: only its own script and style are run, and it may connect to nobody.
 *
 * @throws Error where a part would end early in an HTML document
 */
export function exportedDocument(exported: Exported, parts: PageParts): string {
  const script = insideScript(parts.script);
  const licenses = insideScript(parts.licenses);
  const { style } = parts;
  if (/<\/style|\r/i.test(style)) {
    throw new Error('the style has an end tag, or a carriage return, in it');
  }
  const data = gzipSync(JSON.stringify(exported), { level: 9 }).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data: blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Gossip</title>
    <style>${style}</style>
  </head>
  <body>
    <div id="app"></div>
    <noscript>This page needs JavaScript.</noscript>
    <script type="text/plain" id="${EXPORTED_ID}">${data}</script>
    <script type="text/plain" id="licenses">${licenses}</script>
    <script type="module">${script}</script>
  </body>
</html>
`;
}

/** A text as it may stand in a script's element: there, an end tag ends it even within a string. */
function insideScript(text: string): string {
  if (/<!--|\r/.test(text)) {
    throw new Error('a script has the beginning of a comment, or a carriage return, in it');
  }
  return text.replaceAll(/<\/(script)/gi, '<\\/$1');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
