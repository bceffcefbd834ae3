import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { timedTest } from '../transport/within.fixture.ts';
import { answerEach } from './answer-each.ts';

async function* requestsOf<T>(...requests: readonly T[]) {
  yield* requests;
}

timedTest('each answer comes when it is there, and the end after the last', async () => {
  const late = Promise.withResolvers<string>();
  const answers = answerEach(requestsOf('late', 'soon', 'sooner'), (request) =>
    request === 'late' ? late.promise : Promise.resolve(request),
  );
  assert.equal([(await answers.next()).value, (await answers.next()).value], ['soon', 'sooner']);
  late.resolve('late');
  assert.is((await answers.next()).value, 'late');
  assert.is((await answers.next()).done, true);
});

timedTest('no requests, no answers', async () => {
  const answers = answerEach(requestsOf(), () => Promise.resolve(1));
  assert.is((await answers.next()).done, true);
});

timedTest(
  'what an answer or the requests throw ends it, also while others are awaited',
  async () => {
    const never = new Promise<never>(() => {});
    const failed = answerEach(requestsOf(1, 2), (request) =>
      request === 1 ? never : Promise.reject(new Error('of an answer')),
    );
    const said = (error: Error) => error.message;
    assert.is(await failed.next().catch(said), 'of an answer');
    async function* broken() {
      yield 1;
      throw new Error('of the requests');
    }
    const cut = answerEach(broken(), () => never);
    assert.is(await cut.next().catch(said), 'of the requests');
  },
);

test.run();
