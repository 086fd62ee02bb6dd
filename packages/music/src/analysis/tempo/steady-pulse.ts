/** The phase of a pulse is measured in windows of this many blocks. */
const BLOCK_SECONDS = 3;
const BLOCKS_PER_WINDOW = 2;
/** The refined period lies within this share of the tracked one. */
const SEARCH = 0.012;

/** A pulse at a constant tempo: tick k at `originFrames` + k * `periodFrames`. */
export interface SteadyPulse {
  readonly periodFrames: number;
  readonly originFrames: number;
  /** How far the pulse is from the grid: root mean square over windows of 6 s, weighted by strength, in frames. */
  readonly wanderFrames: number;
  /** How far it moves from one window to the next: the median, in frames. */
  readonly slipFrames: number;
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
  const drift = phaseDrift(
    Array.from({ length: Math.max(1, Math.floor(blocks / BLOCKS_PER_WINDOW)) }, (_, window) => {
      let re = 0;
      let im = 0;
      for (let b = window * BLOCKS_PER_WINDOW; b < Math.min(blocks, (window + 1) * BLOCKS_PER_WINDOW); b++) {
        const turn = -best * angle * centre(b) - phase;
        re += real[b]! * Math.cos(turn) - imaginary[b]! * Math.sin(turn);
        im += real[b]! * Math.sin(turn) + imaginary[b]! * Math.cos(turn);
      }
      return { turns: Math.atan2(im, re) / (2 * Math.PI), weight: Math.hypot(re, im) };
    }),
  );
  const total = real.reduce((sum, value, b) => sum + Math.hypot(value, imaginary[b]!), 0);
  return {
    periodFrames,
    originFrames: ((((-phase / (2 * Math.PI)) % 1) + 1) % 1) * periodFrames,
    wanderFrames: drift.wander * periodFrames,
    slipFrames: drift.slip * periodFrames,
    coherence: total > 0 ? size / total : 0,
  };
}

/** What is left of the phase, in turns: its root mean square, and the median of its changes. */
function phaseDrift(windows: readonly { turns: number; weight: number }[]): { wander: number; slip: number } {
  const weights = windows.reduce((sum, { weight }) => sum + weight, 0);
  const squares = windows.reduce((sum, { turns, weight }) => sum + weight * turns * turns, 0);
  const changes = windows.slice(1).map(({ turns }, i) => {
    const change = turns - windows[i]!.turns;
    return Math.abs(change - Math.round(change));
  });
  changes.sort((a, b) => a - b);
  return {
    wander: weights > 0 ? Math.sqrt(squares / weights) : Number.POSITIVE_INFINITY,
    slip: changes[changes.length >> 1] ?? Number.POSITIVE_INFINITY,
  };
}
