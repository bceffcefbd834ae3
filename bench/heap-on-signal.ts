/**
 * Loaded into a host before its program (--import): at SIGUSR2 it collects garbage and writes to the file HEAP_FOLDER/pid
 * how many bytes its objects and buffers take.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { collectGarbage } from './collect-garbage.ts';

process.on('SIGUSR2', async () => {
  const heap = await collectGarbage();
  const file = `${process.env.HEAP_FOLDER}/${process.pid}`;
  writeFileSync(`${file}.new`, String(heap));
  renameSync(`${file}.new`, file);
});
