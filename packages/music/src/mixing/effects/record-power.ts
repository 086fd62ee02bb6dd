import { kWeightingPower } from '@tutti/dsp';
import { type LoudSpectrum, powerLeftOf } from '../loud-tones.ts';
import { curveAt } from './effect-curve.ts';
import type { EffectOf, MixEffect } from './effect-schema.ts';

/** Share of a stop, at its end, in which the sound fades evenly: as `Platter` does it. */
const FADED_SHARE = 0.1;

/** Stretches that stand for a loop. */
const LOOP_PARTS = 8;

/** What of a track is heard while its record is not played on as usual. */
export interface RecordSound {
  /** Moment of the mix at which what is heard would sound without the effects. */
  readonly moment: number;
  /** What is repeated around that moment without end, as stretches of the mix that are equally long; null where nothing is. */
  readonly loop: readonly { readonly from: number; readonly to: number }[] | null;
  /** About what share of that moment's power is heard, of a sound with some spectrum. */
  readonly share: (spectrum: LoudSpectrum) => number;
}

/** What a stop and a roll among a track's effects let be heard at a moment of the mix. */
export function recordSound(effects: readonly MixEffect[], at: number): RecordSound {
  const usual: RecordSound = { moment: at, loop: null, share: () => 1 };
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
  if (speed <= 0) return { moment: at, loop: null, share: () => 0 };
  const fade = Math.min(1, speed / FADED_SHARE) ** 2;
  return {
    moment: start + since - since ** 2 / (2 * seconds),
    loop: null,
    share: (spectrum) =>
      fade * powerLeftOf(spectrum, (hertz) => kWeightingPower(speed * hertz) / kWeightingPower(hertz)),
  };
}

/** A roll repeats the last of what was heard before it; a new length, the last of what was heard until then, loops among it. */
function rolled({ start, seconds }: EffectOf<'roll'>, at: number): RecordSound {
  const points = typeof seconds === 'number' ? [] : seconds.filter((point) => point.at > start && point.at <= at);
  const steps = [{ at: start, value: curveAt(seconds, start, 'steps') }, ...points];
  const before = (moment: number, among: typeof steps) =>
    among.reduceRight(
      (heard, step) => (heard < step.at ? heard : step.at - step.value + ((heard - step.at) % step.value)),
      moment,
    );
  // The loop of now is what was heard its length before it began; parts of it, as it may hold the seams of loops before. The middle of a
  // part says where it lies: its ends may fall on a seam.
  const { at: began, value: length } = steps.at(-1)!;
  const part = length / LOOP_PARTS;
  const loop = Array.from({ length: LOOP_PARTS }, (_, i) => {
    const middle = before(began - length + (i + 0.5) * part, steps.slice(0, -1));
    return { from: middle - part / 2, to: middle + part / 2 };
  });
  return { moment: before(at, steps), loop, share: () => 1 };
}
