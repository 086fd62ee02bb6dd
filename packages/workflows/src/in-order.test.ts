import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

async function all<T>(values: AsyncGenerator<T>): Promise<T[]> {
  const got: T[] = [];
  for await (const value of values) got.push(value);
  return got;
}

const after = <T>(milliseconds: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(() => resolve(value), milliseconds));

describe('inOrder', () => {
  it('yields in the order of the tasks, however long each takes', async () => {
    const got = await all(inOrder([30, 1, 10, 0], 4, (task) => after(task, task)));
    expect(got).toEqual([30, 1, 10, 0]);
  });

  it('has no more tasks in flight than it may', async () => {
    let flying = 0;
    let most = 0;
    const work = async (task: number) => {
      flying += 1;
      most = Math.max(most, flying);
      await after(2, null);
      flying -= 1;
      return task;
    };
    const tasks = [1, 2, 3, 4, 5, 6, 7];
    expect(await all(inOrder(tasks, 3, work))).toEqual(tasks);
    expect(most).toBe(3);
  });

  it('fails when the turn of the task that failed comes', async () => {
    const seen: number[] = [];
    const work = (task: number) => (task === 2 ? Promise.reject(new Error('two')) : after(5, task));
    await expect(async () => {
      for await (const done of inOrder([1, 2, 3], 3, work)) seen.push(done);
    }).rejects.toThrow('two');
    expect(seen).toEqual([1]);
  });
});
