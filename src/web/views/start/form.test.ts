import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Form, formLink, isApplicable, parseForm } from './form.ts';

function form(query: string): Form {
  return parseForm(new URLSearchParams(query));
}

test('a form is what its link says, and the other way round', () => {
  for (const query of [
    'graph=example/karate&algorithm=default&algorithm=weighted_factor&repetitions=5&seed=7',
    'graph=stored/club-1a2b3c4d/karate&name=Mine&algorithm=a&parameter.factor=1,2&parameter.own=x y',
    'graph=file/ring&algorithm=default&start=source&source=<b>&visualize=true',
  ]) {
    const link = formLink(form(query));
    const sorted = (text: string) => new URLSearchParams(text.replace(/^.*\?/, '')).toString();
    assert.equal(formLink(form(link.replace(/^.*\?/, ''))), link);
    assert.equal([...sorted(link)].toSorted(), [...sorted(query)].toSorted(), query);
  }
});

test('an empty link is the form with the default algorithm', () => {
  const { graph, algorithms, fields } = form('');
  assert.is(graph, null);
  assert.equal(algorithms, ['default']);
  assert.ok(Object.values(fields).every((text) => text === ''));
});

test('a link names no graph that cannot be', () => {
  for (const text of [
    '',
    'karate',
    'example/',
    'stored/a',
    'stored/a/b/c',
    'disk/etc',
    'example/a/b',
  ]) {
    assert.is(form(`graph=${text}`).graph, null, text);
  }
});

test('an algorithm is chosen once', () => {
  assert.equal(form('algorithm=a&algorithm=b&algorithm=a').algorithms, ['a', 'b']);
});

test('fields that mean nothing are not shown', () => {
  assert.ok(isApplicable('source', form('start=source')));
  assert.not(isApplicable('source', form('start=random')));
  assert.ok(isApplicable('tolerance', form('aggregate=mean')));
  assert.not(isApplicable('tolerance', form('')));
  assert.ok(isApplicable('seed', form('')));
});

test.run();
