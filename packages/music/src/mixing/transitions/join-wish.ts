import { MixingError } from '../mixing-error.ts';
import { TECHNIQUES, type Technique } from './technique.ts';

/** The longest transition that may be asked for. */
export const MOST_BARS = 64;

/** What a person asks of the join after a track; what is not named is chosen. */
export interface JoinWish {
  readonly technique?: Technique;
  /** Length in bars: 0 (only a cut) to 64. */
  readonly bars?: number;
  /** Moment of the outgoing track at which the transition begins, seconds in that track. */
  readonly outSeconds?: number;
  /** Moment of the incoming track that sounds first, seconds in that track. */
  readonly inSeconds?: number;
}

/** @throws MixingError 'invalid-option' naming the field of a wish that no two tracks could meet */
export function checkWishes(joins: readonly (JoinWish | undefined)[], seconds: readonly number[]): void {
  const refuse = (message: string): never => {
    throw new MixingError('invalid-option', message);
  };
  const most = Math.max(0, seconds.length - 1);
  if (joins.length > most)
    refuse(`joins has ${joins.length} entries; ${seconds.length} tracks have ${most} transitions`);
  joins.forEach((wish, index) => {
    if (wish === undefined) return;
    const field = (name: keyof JoinWish) => `joins[${index}].${name} is ${JSON.stringify(wish[name])}`;
    const { technique, bars, outSeconds, inSeconds } = wish;
    if (technique !== undefined && !TECHNIQUES.includes(technique))
      refuse(`${field('technique')}; it must be one of ${TECHNIQUES.join(', ')}`);
    if (bars !== undefined && !(Number.isInteger(bars) && bars >= 0 && bars <= MOST_BARS))
      refuse(`${field('bars')}; it must be a whole number between 0 and ${MOST_BARS}`);
    if (outSeconds !== undefined && !(outSeconds >= 0 && outSeconds <= seconds[index]!))
      refuse(`${field('outSeconds')}; it must be between 0 and the outgoing track's seconds, ${seconds[index]}`);
    if (inSeconds !== undefined && !(inSeconds >= 0 && inSeconds <= seconds[index + 1]!))
      refuse(`${field('inSeconds')}; it must be between 0 and the incoming track's seconds, ${seconds[index + 1]}`);
  });
}
