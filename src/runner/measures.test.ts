import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import type { GraphSource } from '../graph/index.ts';
import { announceBetweenness } from './measures.ts';

const source = { name: 'ring', graph: ring(5) } as GraphSource;

/** What is said of a betweenness that takes so many seconds. */
function said(seconds: number, exact: boolean): string[] {
  const texts: string[] = [];
  const notice = (text: string) => texts.push(text);
  announceBetweenness(source, { jobs: 1, exact, notice }, () => seconds);
  return texts;
}

test('betweenness over ten minutes is refused unless it is asked for', () => {
  assert.throws(() => said(601, false), /ring: .*about 10 min; give --exact .* --sample K/);
  assert.equal(said(601, true), ['ring: computing betweenness takes about 10 min']);
  assert.equal(said(599, false), ['ring: computing betweenness takes about 10 min']);
});

test('what takes a moment is not announced', () => {
  assert.equal(said(4, false), []);
});

test.run();
