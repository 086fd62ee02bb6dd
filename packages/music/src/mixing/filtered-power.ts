import { curveAt } from './effects/effect-curve.ts';
import type { MixEffect } from './effects/effect-schema.ts';

/**
 * Where the loudness of music lies, as it is taken here: that of the bass evenly over the octaves of the first pair, all other
 * evenly over those of the second (music falls by about 3 dB an octave, as pink noise, all of whose octaves have the same power).
 */
const BASS_HZ = [40, 200] as const;
const REST_HZ = [200, 8000] as const;
/** Tones that stand for a band. */
const TONES = 12;

function tonesOf([from, to]: readonly [number, number]): readonly number[] {
  return Array.from({ length: TONES }, (_, i) => from * (to / from) ** ((i + 0.5) / TONES));
}

const BASS = tonesOf(BASS_HZ);
const REST = tonesOf(REST_HZ);

/** Power that two bands of a `SweepFilter` in a row leave of a tone; as analogue filters. */
function sweptPower(isHighPass: boolean, cornerHz: number, resonanceDb: number, hertz: number): number {
  const x = (hertz / cornerHz) ** 2;
  const band = (isHighPass ? x * x : 1) / ((x - 1) ** 2 + x / 10 ** (resonanceDb / 20));
  return band * band;
}

/**
 * About what the filters among a track's effects leave of its power at a moment of the mix; above 1 where their resonance lies on its bass.
 * @param lowShare of the power that is bass
 */
export function filteredShare(effects: readonly MixEffect[], at: number, lowShare: number): number {
  return effects.reduce((share, effect) => {
    if (effect.kind !== 'low-pass' && effect.kind !== 'high-pass') return share;
    if (at < effect.start || at > effect.end) return share;
    const corner = curveAt(effect.cutoffHz, at, 'octaves');
    const resonanceDb = curveAt(effect.resonanceDb, at, 'straight');
    const left = (tones: readonly number[]) =>
      tones.reduce((sum, hertz) => sum + sweptPower(effect.kind === 'high-pass', corner, resonanceDb, hertz), 0) /
      TONES;
    return share * (lowShare * left(BASS) + (1 - lowShare) * left(REST));
  }, 1);
}
