import { curveAt } from './effects/effect-curve.ts';
import type { MixEffect } from './effects/effect-schema.ts';
import { type LoudSpectrum, powerLeftOf } from './loud-tones.ts';

/** Power that two bands of a `SweepFilter` in a row leave of a tone; as analogue filters. */
function sweptPower(isHighPass: boolean, cornerHz: number, resonanceDb: number, hertz: number): number {
  const x = (hertz / cornerHz) ** 2;
  const band = (isHighPass ? x * x : 1) / ((x - 1) ** 2 + x / 10 ** (resonanceDb / 20));
  return band * band;
}

/**
 * About what the filters among a track's effects leave of its power at a moment of the mix; above 1 where their resonance lies on its bass.
 */
export function filteredShare(effects: readonly MixEffect[], at: number, spectrum: LoudSpectrum): number {
  return effects.reduce((share, effect) => {
    if (effect.kind !== 'low-pass' && effect.kind !== 'high-pass') return share;
    if (at < effect.start || at > effect.end) return share;
    const corner = curveAt(effect.cutoffHz, at, 'octaves');
    const resonanceDb = curveAt(effect.resonanceDb, at, 'straight');
    const isHighPass = effect.kind === 'high-pass';
    return share * powerLeftOf(spectrum, (hertz) => sweptPower(isHighPass, corner, resonanceDb, hertz));
  }, 1);
}
