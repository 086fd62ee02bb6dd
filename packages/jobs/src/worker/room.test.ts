import { expect, it } from 'vitest';
import { Room } from './room.ts';

it('jobs run beside each other as long as cores and memory last, and one that is larger runs alone', () => {
  const room = new Room({ cores: 2, memoryBytes: 1000 });
  const first = room.take({ cores: 1, memoryBytes: 600 });
  expect(first).toBeDefined();
  expect(room.take({ cores: 1, memoryBytes: 600 })).toBeUndefined();
  expect(room.take({ cores: 'all', memoryBytes: 0 })).toBeUndefined();
  const second = room.take({ cores: 1, memoryBytes: 400 });
  expect(second).toBeDefined();
  expect(room.some).toBe(false);
  expect(room.take({ cores: 0.5, memoryBytes: 0 })).toBeUndefined();
  first!();
  second!();
  expect(room.take({ cores: 64, memoryBytes: 1e12 })).toBeDefined();
  expect(room.some).toBe(false);
});
