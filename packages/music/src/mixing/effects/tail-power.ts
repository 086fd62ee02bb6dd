import { BAND_TONES, meanLeft } from '../loud-tones.ts';
import { curveAt } from './effect-curve.ts';
import type { EffectOf, MixEffect } from './effect-schema.ts';

/** Power of a track behind its fader, in even steps. */
export interface SteppedPower {
  /** Mix seconds of the first step, and from each to the next. */
  readonly from: number;
  readonly step: number;
  readonly powers: ArrayLike<number>;
  /** Shares of the bands of BAND_TONES in each. */
  readonly bands: readonly (readonly number[])[];
}

/** An echo that has less power than this of the first one is not counted. */
const LEAST_ECHO = 1e-4;
/** Mean length of the lines of `Reverb`, seconds: a sound passes a shelf each time. */
const LINE_SECONDS = 0.046;

/**
 * About the power of the echoes and the reverb among a track's effects, at the same steps. Echoes of music, and its reverb, are taken to be
 * unlike the music itself: their powers add.
 */
export function tailPowers(effects: readonly MixEffect[], heard: SteppedPower): Float64Array {
  const sum = new Float64Array(heard.powers.length);
  for (const effect of effects) {
    if (effect.kind === 'echo') addEchoes(sum, effect, heard);
    if (effect.kind === 'reverb') addReverb(sum, effect, heard);
  }
  return sum;
}

/** Power of a second-order Butterworth high-pass followed by a low-pass likewise. */
function bandPower(lowCutHz: number, highCutHz: number, hertz: number): number {
  const low = (hertz / lowCutHz) ** 4;
  const high = (hertz / highCutHz) ** 4;
  return low / (1 + low) / (1 + high);
}

/** Each echo is what was sent a delay before, then once more filtered and fed back each time. */
function addEchoes(sum: Float64Array, effect: EffectOf<'echo'>, { from, step, powers, bands }: SteppedPower): void {
  const value = (name: 'seconds' | 'feedback' | 'send' | 'wet', at: number) => curveAt(effect[name], at, 'straight');
  const cuts = [effect.lowCutHz, effect.highCutHz].map((curve) => curveAt(curve, effect.start, 'octaves'));
  const delay = value('seconds', effect.start);
  /** What each further echo leaves of each band. */
  const passes: number[][] = [];
  for (let kept = 1; kept > LEAST_ECHO; kept *= value('feedback', effect.start) ** 2) {
    const left = (hertz: number) => kept * bandPower(cuts[0]!, cuts[1]!, hertz) ** passes.length;
    passes.push(BAND_TONES.map((tones) => meanLeft(tones, left)));
  }
  /** What an echo has of the sound of a moment. */
  const sent = (at: number, pass: readonly number[]) => {
    const position = (at - from) / step;
    const below = Math.floor(position);
    if (at < effect.start || below < 0 || below + 1 >= powers.length) return 0;
    const part = (index: number) =>
      powers[index]! * bands[index]!.reduce((total, share, band) => total + share * pass[band]!, 0);
    const share = position - below;
    return value('send', at) ** 2 * ((1 - share) * part(below) + share * part(below + 1));
  };
  for (let i = 0; i < sum.length; i++) {
    const at = from + i * step;
    if (at < effect.start || at > effect.end) continue;
    passes.forEach((pass, echo) => {
      sum[i]! += value('wet', at) ** 2 * sent(at - (echo + 1) * delay, pass);
    });
  }
}

/**
 * Reverb as the energy of each tone that runs in it: it takes up what is sent and decays evenly. How fast, and how loud it is for a sound that
 * goes on, follows from the shelf that a sound passes on each way through a line, as `Reverb` sets it.
 */
function addReverb(sum: Float64Array, effect: EffectOf<'reverb'>, { from, step, powers, bands }: SteppedPower): void {
  const settings = {
    decay: curveAt(effect.decaySeconds, effect.start, 'straight'),
    highDecay: curveAt(effect.highDecay, effect.start, 'straight'),
    dampingHz: curveAt(effect.dampingHz, effect.start, 'octaves'),
  };
  const lowCutHz = curveAt(effect.lowCutHz, effect.start, 'octaves');
  const sent = (i: number) => {
    const at = from + i * step;
    return at < effect.start || at > effect.end ? 0 : curveAt(effect.send, at, 'straight') ** 2 * powers[i]!;
  };
  BAND_TONES.forEach((tones, band) => {
    for (const hertz of tones) {
      const { kept, level } = reverberation(settings, hertz, step);
      const taken = (level * bandPower(lowCutHz, Number.POSITIVE_INFINITY, hertz)) / tones.length;
      let energy = 0;
      for (let i = 1; i < sum.length; i++) {
        const at = from + i * step;
        const arrives = (sent(i - 1) * bands[i - 1]![band]! + sent(i) * bands[i]![band]!) / 2;
        energy = kept * energy + (1 - kept) * taken * arrives;
        if (at <= effect.end) sum[i]! += curveAt(effect.wet, at, 'straight') ** 2 * energy;
      }
    }
  });
}

/** What a reverb keeps of a tone's energy from one step to the next, and how loud a tone that goes on is in it: 1 for the lowest. */
function reverberation(
  { decay, highDecay, dampingHz }: { readonly decay: number; readonly highDecay: number; readonly dampingHz: number },
  hertz: number,
  step: number,
): { readonly kept: number; readonly level: number } {
  const low = 10 ** ((-3 * LINE_SECONDS) / decay);
  const high = low ** (1 / highDecay);
  const x = hertz / (dampingHz * Math.sqrt(high / low));
  const pass = (low ** 2 + (high * x) ** 2) / (1 + x ** 2);
  return { kept: pass ** (step / LINE_SECONDS), level: (pass / (1 - pass)) * ((1 - low ** 2) / low ** 2) };
}
