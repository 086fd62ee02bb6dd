import type { Reel } from './reel.ts';

/** What part of the sound a reel speaks for, 0 to 1. */
export function shareOf({ own }: Pick<Reel, 'own'>, reels: readonly Pick<Reel, 'own'>[]): number {
  return (own.end - own.start) / reels.at(-1)!.own.end;
}
