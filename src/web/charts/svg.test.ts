import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Shape, svgFile } from './svg.ts';

/** Text full of what means something in XML. */
const TEXT = fc.string({ unit: fc.constantFrom(...`<>&;"'/]![-ab é漢🙂`) });

function refuse(_: string, message: string): never {
  throw new Error(message);
}

test('whatever texts and attributes say, a reader of XML finds the same elements', () => {
  fc.assert(
    fc.property(TEXT, TEXT, TEXT, (title, text, color) => {
      const shapes: Shape[] = [
        { tag: 'text', attributes: { fill: color }, text },
        { tag: 'circle', attributes: { r: 1 }, text },
        { tag: 'path', attributes: { d: 'M0 0' } },
      ];
      const file = svgFile({ width: 10, height: 20, title, shapes }, color);
      const svg = new DOMParser({ errorHandler: refuse }).parseFromString(file, 'image/svg+xml')
        .documentElement!;
      const children = Array.from(svg.childNodes);
      const elements = children.filter(({ nodeType }) => nodeType === 1) as unknown as Element[];
      assert.equal(
        elements.map(({ nodeName, textContent }) => [nodeName, textContent]),
        [
          ['title', title],
          ['rect', ''],
          ['text', text],
          ['circle', text],
          ['path', ''],
        ],
      );
      assert.is(elements[2].getAttribute('fill'), color);
      assert.is(elements[3].firstChild!.nodeName, 'title');
    }),
  );
});

test.run();
