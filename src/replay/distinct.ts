import { mix } from '../host/random.ts';

/** Counts how many different values there are. */
export type CountDistinct = (values: ArrayLike<number>) => number;

/** For codes below `range`: one look at a small table a node. */
export function distinctCodes(range: number): CountDistinct {
  const seen = new Uint32Array(range);
  let time = 0;
  return (codes) => {
    time++;
    let distinct = 0;
    for (let node = 0; node < codes.length; node++) {
      if (seen[codes[node]] === time) continue;
      seen[codes[node]] = time;
      distinct++;
    }
    return distinct;
  };
}

/**
 * For up to `count` numbers of any kind: an open-addressed table at most half full. It is never emptied, as places of an
 * earlier time count as free, and it allocates nothing, where a Set would be made anew each round.
 */
export function distinctNumbers(count: number): CountDistinct {
  const places = 2 ** Math.ceil(Math.log2(Math.max(1, 2 * count)));
  const held = new Float64Array(places);
  const times = new Uint32Array(places);
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  let time = 0;
  return (values) => {
    time++;
    let distinct = 0;
    for (let node = 0; node < values.length; node++) {
      // Adding 0 makes one number of 0 and -0.
      number[0] = values[node] + 0;
      let place = mix(words[0] ^ mix(words[1])) & (places - 1);
      while (times[place] === time && held[place] !== number[0]) place = (place + 1) & (places - 1);
      if (times[place] === time) continue;
      times[place] = time;
      held[place] = number[0];
      distinct++;
    }
    return distinct;
  };
}
