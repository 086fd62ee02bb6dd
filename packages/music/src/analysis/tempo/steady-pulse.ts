/** Span of one window in which the phase of a pulse is measured, made of this many blocks. */
const BLOCK_SECONDS = 3;
const BLOCKS_PER_WINDOW = 4;
/** The refined period lies within this share of the tracked one. */
const SEARCH = 0.012;

/** A pulse at a constant tempo: tick k at `originFrames` + k * `periodFrames`. */
export interface SteadyPulse {
  readonly periodFrames: number;
  readonly originFrames: number;
  /** How far the pulse wanders around the grid: root mean square over windows of 12 s, weighted by strength, in frames. */
  readonly wanderFrames: number;
  /** Share of the onset strength in the windows that is in phase with the grid, 0 to 1. */
  readonly coherence: number;
}

/**
 * Fits one constant period to a pulse over the whole track.
 * Stages: Fourier coefficient of the pulse curve at the tracked period, in blocks of 3 s -> the small change of
 * frequency for which all blocks are in phase (a periodogram over the whole track, so the period is known to a small
 * part of a percent) -> what is left of the phase in each window is how far the pulse wanders.
 */
export function fitSteadyPulse(pulse: Float32Array, frameRate: number, trackedPeriod: number): SteadyPulse {
  const blockFrames = Math.round(BLOCK_SECONDS * frameRate);
  const blocks = Math.max(1, Math.ceil(pulse.length / blockFrames));
  const real = new Float64Array(blocks);
  const imaginary = new Float64Array(blocks);
  const angle = (2 * Math.PI) / trackedPeriod;
  for (let b = 0; b < blocks; b++) {
    const end = Math.min(pulse.length, (b + 1) * blockFrames);
    for (let t = b * blockFrames; t < end; t++) {
      const value = pulse[t]!;
      if (value === 0) continue;
      real[b] = real[b]! + value * Math.cos(angle * t);
      imaginary[b] = imaginary[b]! - value * Math.sin(angle * t);
    }
  }
  const centre = (b: number) => (b + 0.5) * blockFrames;
  const sumAt = (detune: number) => {
    let re = 0;
    let im = 0;
    for (let b = 0; b < blocks; b++) {
      const turn = -detune * angle * centre(b);
      const c = Math.cos(turn);
      const s = Math.sin(turn);
      re += real[b]! * c - imaginary[b]! * s;
      im += real[b]! * s + imaginary[b]! * c;
    }
    return { re, im, size: Math.hypot(re, im) };
  };
  // Steps of a sixth of a turn over the whole track, so that no peak is missed.
  const step = trackedPeriod / (6 * Math.max(pulse.length, 1));
  const reach = Math.ceil(SEARCH / step);
  let best = 0;
  let top = -1;
  for (let i = -reach; i <= reach; i++) {
    const { size } = sumAt(i * step);
    if (size > top) {
      top = size;
      best = i * step;
    }
  }
  const [left, right] = [sumAt(best - step).size, sumAt(best + step).size];
  const bend = left - 2 * top + right;
  if (bend < 0) best += (0.5 * step * (left - right)) / bend;
  const { re, im, size } = sumAt(best);
  const periodFrames = trackedPeriod / (1 + best);
  const phase = Math.atan2(im, re);
  let weights = 0;
  let squares = 0;
  for (let b = 0; b + BLOCKS_PER_WINDOW <= blocks || b === 0; b++) {
    let wr = 0;
    let wi = 0;
    for (let k = b; k < Math.min(blocks, b + BLOCKS_PER_WINDOW); k++) {
      const turn = -best * angle * centre(k) - phase;
      wr += real[k]! * Math.cos(turn) - imaginary[k]! * Math.sin(turn);
      wi += real[k]! * Math.sin(turn) + imaginary[k]! * Math.cos(turn);
    }
    const weight = Math.hypot(wr, wi);
    const offset = (Math.atan2(wi, wr) / (2 * Math.PI)) * periodFrames;
    weights += weight;
    squares += weight * offset * offset;
  }
  const total = real.reduce((sum, value, b) => sum + Math.hypot(value, imaginary[b]!), 0);
  return {
    periodFrames,
    originFrames: ((((-phase / (2 * Math.PI)) % 1) + 1) % 1) * periodFrames,
    wanderFrames: weights > 0 ? Math.sqrt(squares / weights) : Number.POSITIVE_INFINITY,
    coherence: total > 0 ? size / total : 0,
  };
}
