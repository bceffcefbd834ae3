import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Movable, moveCamera } from './camera-keys.ts';

function cameraAt(x: number, y: number, ratio: number) {
  let state = { x, y, ratio };
  const camera: Movable = {
    getState: () => state,
    setState: (next) => {
      state = next;
    },
  };
  return { camera, now: () => state };
}

test('arrows move by a part of what is seen', () => {
  const { camera, now } = cameraAt(0.5, 0.5, 0.2);
  assert.ok(moveCamera(camera, 'ArrowRight'));
  assert.ok(moveCamera(camera, 'ArrowUp'));
  assert.equal(now(), { x: 0.53, y: 0.53, ratio: 0.2 });
});

test('plus and minus undo each other, 0 shows all', () => {
  const { camera, now } = cameraAt(0.2, 0.7, 1);
  moveCamera(camera, '+');
  assert.ok(now().ratio < 1);
  moveCamera(camera, '-');
  assert.equal(now(), { x: 0.2, y: 0.7, ratio: 1 });
  moveCamera(camera, '0');
  assert.equal(now(), { x: 0.5, y: 0.5, ratio: 1 });
});

test('other keys do nothing', () => {
  const { camera, now } = cameraAt(0.5, 0.5, 1);
  for (const key of ['a', ' ', 'constructor']) assert.not.ok(moveCamera(camera, key));
  assert.equal(now(), { x: 0.5, y: 0.5, ratio: 1 });
});

test.run();
