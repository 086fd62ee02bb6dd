import { Random } from '../random.ts';
import type { TransitionKind } from '../score.ts';
import { StateVariableFilter } from './filter.ts';
import { createStereo, type Stereo } from './stereo.ts';

const CONTROL_FRAMES = 64;
const IMPACT_SECONDS = 0.7;

/** Band-passed noise whose centre and level move; `progress` runs from 0 to 1. */
function sweptNoise(
  out: Stereo,
  centreHz: (progress: number) => number,
  level: (progress: number) => number,
  sampleRate: number,
  random: Random,
): void {
  for (const channel of [out.left, out.right]) {
    random.fillNoise(channel);
    const filter = new StateVariableFilter('band', sampleRate);
    for (let from = 0; from < channel.length; from += CONTROL_FRAMES) {
      const to = Math.min(channel.length, from + CONTROL_FRAMES);
      const progress = from / channel.length;
      filter.tune(centreHz(progress), 1.4);
      filter.process(channel, from, to);
      const start = level(progress);
      const slope = (level(to / channel.length) - start) / (to - from);
      for (let i = from; i < to; i++) channel[i]! *= start + slope * (i - from);
    }
  }
}

function addImpact(out: Stereo, sampleRate: number): void {
  for (let i = 0; i < out.left.length; i++) {
    const seconds = i / sampleRate;
    const turns = 38 * seconds + 60 * 0.12 * (1 - Math.exp(-seconds / 0.12));
    const boom = 0.9 * Math.exp(-seconds / IMPACT_SECONDS) * Math.sin(2 * Math.PI * turns);
    out.left[i]! += boom;
    out.right[i]! += boom;
  }
}

/** A riser, a reversed crash, an impact or a fall, `seconds` long. */
export function renderTransition(kind: TransitionKind, seconds: number, sampleRate: number): Stereo {
  const out = createStereo(Math.max(1, Math.round(seconds * sampleRate)));
  const random = new Random(out.left.length).fork(kind);
  switch (kind) {
    case 'riser':
      sweptNoise(
        out,
        (x) => 250 * 36 ** x,
        (x) => 0.9 * x ** 1.7 * Math.min(1, (1 - x) * 400),
        sampleRate,
        random,
      );
      break;
    case 'reverse-crash':
      sweptNoise(
        out,
        (x) => 3000 + 4000 * x,
        (x) => x ** 4 * Math.min(1, (1 - x) * 200),
        sampleRate,
        random,
      );
      break;
    case 'downlifter':
      sweptNoise(
        out,
        (x) => 7000 * 0.03 ** x,
        (x) => 0.7 * (1 - x) ** 2,
        sampleRate,
        random,
      );
      break;
    case 'impact':
      sweptNoise(
        out,
        (x) => 900 * 0.15 ** x,
        (x) => 0.8 * Math.exp(-9 * x) * (1 - x),
        sampleRate,
        random,
      );
      addImpact(out, sampleRate);
      for (const channel of [out.left, out.right]) fadeOut(channel, 0.1 * sampleRate);
      break;
  }
  return out;
}

function fadeOut(samples: Float32Array, frames: number): void {
  for (let i = 0; i < samples.length; i++) samples[i]! *= Math.min(1, (samples.length - i) / frames);
}
