import { expect, it } from 'vitest';
import { Transcoders } from './transcoders.ts';

let ended = 0;
async function* made(pieces: number) {
  try {
    for (let n = 0; n < pieces; n++) yield Uint8Array.of(n);
  } finally {
    ended += 1;
  }
}
const signal = new AbortController().signal;

it('gives all pieces, the first of which is there when it begins', async () => {
  const transcoders = new Transcoders(1);
  const all: number[] = [];
  for await (const [byte] of await transcoders.begin(() => made(3), signal)) all.push(byte!);
  expect(all).toEqual([0, 1, 2]);
  expect(transcoders.running).toBe(0);
  await expect(transcoders.begin(() => made(0), signal)).rejects.toMatchObject({ status: 416 });
  expect(transcoders.running).toBe(0);
});

it('makes so many at a time, and ends one that nobody wants any more, even before its first piece was taken', async () => {
  const transcoders = new Transcoders(2);
  const gone = new AbortController();
  const before = ended;
  await transcoders.begin(() => made(9), gone.signal);
  const second = await transcoders.begin(() => made(9), signal);
  await expect(transcoders.begin(() => made(9), signal)).rejects.toMatchObject({ status: 503 });
  gone.abort();
  await expect.poll(() => transcoders.running).toBe(1);
  await second.return?.();
  expect([transcoders.running, ended - before]).toEqual([0, 2]);
});
