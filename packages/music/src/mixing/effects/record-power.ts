import { kWeightingPower } from '@tutti/dsp';
import { powerLeftOf } from '../loud-tones.ts';
import { curveAt } from './effect-curve.ts';
import type { EffectOf, MixEffect } from './effect-schema.ts';

/** Share of a stop, at its end, in which the sound fades evenly: as `Platter` does it. */
const FADED_SHARE = 0.1;

/** What of a track is heard while its record is not played on as usual. */
export interface RecordSound {
  /** Moment of the mix at which what is heard would sound without the effects. */
  readonly moment: number;
  /** About what share of that moment's power is heard, of a sound a share of whose power is bass. */
  readonly share: (lowShare: number) => number;
}

/** What a stop and a roll among a track's effects let be heard at a moment of the mix. */
export function recordSound(effects: readonly MixEffect[], at: number): RecordSound {
  const usual: RecordSound = { moment: at, share: () => 1 };
  return effects.reduce((heard, effect) => {
    if (at < effect.start || at > effect.end) return heard;
    if (effect.kind === 'platter') return stopped(effect, at);
    if (effect.kind === 'roll') return rolled(effect, at);
    return heard;
  }, usual);
}

/** A record that is stopped turns slower and slower: what it plays gets lower, and the ear, as a meter, hears that less and less. */
function stopped({ start, seconds }: EffectOf<'platter'>, at: number): RecordSound {
  const since = at - start;
  const speed = 1 - since / seconds;
  if (speed <= 0) return { moment: at, share: () => 0 };
  const fade = Math.min(1, speed / FADED_SHARE) ** 2;
  return {
    moment: start + since - since ** 2 / (2 * seconds),
    share: (lowShare) =>
      fade * powerLeftOf(lowShare, (hertz) => kWeightingPower(speed * hertz) / kWeightingPower(hertz)),
  };
}

/** A roll repeats the last of what was heard before it; a new length, the last of what was heard until then, loops among it. */
function rolled({ start, seconds }: EffectOf<'roll'>, at: number): RecordSound {
  const points = typeof seconds === 'number' ? [] : seconds.filter((point) => point.at > start && point.at <= at);
  const steps = [{ at: start, value: curveAt(seconds, start, 'steps') }, ...points];
  const moment = steps.reduceRight(
    (heard, step) => (heard < step.at ? heard : step.at - step.value + ((heard - step.at) % step.value)),
    at,
  );
  return { moment, share: () => 1 };
}
