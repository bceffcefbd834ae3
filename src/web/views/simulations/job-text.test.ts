import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { JobState } from '../../../gen/gossip/v1/simulation_pb.ts';
import { announcement, isOver, jobText } from './job-text.ts';

const job = (state: JobState, changes = {}) => ({
  name: 'club',
  state,
  before: 0,
  finished: 12,
  runs: 3000,
  problem: '',
  ...changes,
});

test('how a job stands, in words', () => {
  assert.is(jobText(job(JobState.WAITING, { before: 2 })), 'waits, 2 before it');
  assert.is(jobText(job(JobState.WAITING)), 'waits, next in line');
  assert.is(jobText(job(JobState.PLAYING)), 'plays, 12 of 3,000 runs are over');
  assert.is(jobText(job(JobState.FAILED, { problem: 'no room' })), 'failed: no room');
  assert.is(jobText(job(JobState.CANCELED)), 'canceled after 12 of 3,000 runs');
});

test('what is over changes no more', () => {
  assert.equal(
    [
      JobState.WAITING,
      JobState.MEASURING,
      JobState.PLAYING,
      JobState.FINISHED,
      JobState.FAILED,
    ].map((state) => isOver({ state })),
    [false, false, false, true, true],
  );
});

test('a screen reader hears of beginnings and ends, not of each run', () => {
  const before = announcement([job(JobState.PLAYING), job(JobState.WAITING)]);
  assert.is(before, 'club plays');
  assert.is(announcement([job(JobState.PLAYING, { finished: 13 }), job(JobState.WAITING)]), before);
  assert.is(announcement([job(JobState.FINISHED)]), 'club is finished');
});

test.run();
