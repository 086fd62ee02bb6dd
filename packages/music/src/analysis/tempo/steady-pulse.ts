import { blockPhases, type Kernels } from '@tutti/dsp';

/** The phase of a pulse is measured in blocks, and compared in windows of two. */
const BLOCK_SECONDS = 3;
const BLOCKS_PER_WINDOW = 2;
/** The refined frequency lies within this share of the tracked one. */
const SEARCH = 0.012;
/** Steps of the search that a change of one turn over the whole track is divided into, so that no peak is missed. */
const STEPS_PER_TURN = 6;

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
 * @param kernels lend memory for the time of the call
 */
export function fitSteadyPulse(
  kernels: Kernels,
  pulse: Float32Array,
  frameRate: number,
  trackedPeriod: number,
): SteadyPulse {
  const blocks = new PhaseBlocks(kernels, pulse, Math.round(BLOCK_SECONDS * frameRate), trackedPeriod);
  const detune = bestDetune(blocks, trackedPeriod / (STEPS_PER_TURN * Math.max(pulse.length, 1)));
  const whole = blocks.sum(detune, 0, blocks.count);
  const periodFrames = trackedPeriod / (1 + detune);
  const windows = Array.from({ length: Math.max(1, Math.floor(blocks.count / BLOCKS_PER_WINDOW)) }, (_, window) => {
    const first = window * BLOCKS_PER_WINDOW;
    const { turns, size } = blocks.sum(detune, first, Math.min(blocks.count, first + BLOCKS_PER_WINDOW));
    const off = turns - whole.turns;
    return { turns: off - Math.round(off), weight: size };
  });
  const { wander, slip } = phaseDrift(windows);
  return {
    periodFrames,
    originFrames: (whole.turns - Math.floor(whole.turns)) * periodFrames,
    wanderFrames: wander * periodFrames,
    slipFrames: slip * periodFrames,
    coherence: blocks.strength > 0 ? whole.size / blocks.strength : 0,
  };
}

/** Fourier coefficients of consecutive blocks of a curve at one frequency. */
class PhaseBlocks {
  readonly count: number;
  /** Sum of the magnitudes of all coefficients. */
  readonly strength: number;
  /** [count][2]: real and imaginary part. */
  readonly #phases: Float64Array;
  readonly #blockFrames: number;
  readonly #angle: number;

  constructor(kernels: Kernels, curve: Float32Array, blockFrames: number, period: number) {
    this.#phases = blockPhases(kernels, curve, blockFrames, period);
    this.count = this.#phases.length / 2;
    this.#blockFrames = blockFrames;
    this.#angle = (2 * Math.PI) / period;
    let strength = 0;
    for (let b = 0; b < this.count; b++) strength += Math.hypot(this.#phases[2 * b]!, this.#phases[2 * b + 1]!);
    this.strength = strength;
  }

  /**
   * Sum of some blocks at a slightly other frequency, each turned as a whole.
   * @param detune relative change of the frequency
   * @returns place of the pulse in turns of its period, and magnitude
   */
  sum(detune: number, first: number, end: number): { turns: number; size: number } {
    let real = 0;
    let imaginary = 0;
    for (let b = first; b < end; b++) {
      const turn = detune * this.#angle * (b + 0.5) * this.#blockFrames;
      const cosine = Math.cos(turn);
      const sine = Math.sin(turn);
      const [ownReal, ownImaginary] = [this.#phases[2 * b]!, this.#phases[2 * b + 1]!];
      real += ownReal * cosine - ownImaginary * sine;
      imaginary += ownReal * sine + ownImaginary * cosine;
    }
    return { turns: Math.atan2(imaginary, real) / (2 * Math.PI), size: Math.hypot(real, imaginary) };
  }
}

/** The change of frequency at which the sum over all blocks is largest, by search and a parabola. */
function bestDetune(blocks: PhaseBlocks, step: number): number {
  const sizeAt = (detune: number) => blocks.sum(detune, 0, blocks.count).size;
  const reach = Math.ceil(SEARCH / step);
  let best = 0;
  let top = -1;
  for (let i = -reach; i <= reach; i++) {
    const size = sizeAt(i * step);
    if (size > top) {
      top = size;
      best = i * step;
    }
  }
  const left = sizeAt(best - step);
  const right = sizeAt(best + step);
  const bend = left - 2 * top + right;
  return bend < 0 ? best + (0.5 * step * (left - right)) / bend : best;
}

/** Phase left in each window, in turns: its root mean square, and the median of its changes. */
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
