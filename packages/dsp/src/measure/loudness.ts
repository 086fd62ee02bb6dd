import type { SampleBlock } from '../block.ts';
import { soundPeaks } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { defaultSpeakers, type Speaker, speakerWeights } from './channel-weights.ts';
import { ABSOLUTE_GATE_LUFS, energyToLufs, gatedLufs, integratedLoudness, loudnessRange } from './loudness-gate.ts';

/** Sub-blocks of 10 ms: by these the momentary window moves, so that no short sound slips between two windows. */
const SUB_BLOCKS_PER_SECOND = 100;
const SUB_BLOCKS_PER_STEP = 10;
const MOMENTARY_SUB_BLOCKS = 40;
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;
/** Far nearer to 1 than the errors of forty additions and subtractions come to, beside the largest sum so far. */
const NEARLY = 1 - 1e-9;

export interface LoudnessOptions {
  /** Hz, 4000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Where each channel belongs; in the order of WAVE and FLAC files when absent. */
  readonly speakers?: readonly Speaker[] | undefined;
}

/** Loudness of everything heard so far. A number is null where nothing is above -70 LUFS or there is too little of it. */
export interface Loudness {
  /** Gated programme loudness, LUFS; needs 0.4 s. */
  readonly integratedLufs: number | null;
  /** Largest loudness of 3 s, moved by 0.1 s. */
  readonly shortTermMaxLufs: number | null;
  /** Largest loudness of 0.4 s, moved by 0.01 s. */
  readonly momentaryMaxLufs: number | null;
  /** Loudness range, LU; needs 3 s. */
  readonly rangeLu: number | null;
  /** Largest magnitude of a sample, linear, over all channels (the LFE too). */
  readonly samplePeak: number;
  /** Loudness of 3 s at 10 Hz, LUFS, not below -70: value i is that of the 3 s from 0.1 i s on. */
  readonly shortTerm: Float32Array<ArrayBuffer>;
  /** Loudness of 0.4 s at 10 Hz, LUFS, not below -70: value i is that of the 0.4 s from 0.1 i s on. */
  readonly momentary: Float32Array<ArrayBuffer>;
  /** Energy (weighted mean square) of each whole 0.1 s: these follow each other without a gap. */
  readonly steps: Float64Array<ArrayBuffer>;
}

/**
 * Loudness meter.
 * Stages: K-weighting -> weighted mean square of 10 ms -> sums over 0.4 s and 3 s -> gates -> means and percentiles.
 * Source: ITU-R BS.1770-5 Annex 1, EBU Tech 3341 (momentary, short-term), EBU Tech 3342 (range).
 */
export class LoudnessMeter {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #pairs: { readonly state: number; readonly left: number; readonly right: number }[] = [];
  /** Sums of squares of the last 0.4 s, by sub-block, and about what they add up to. */
  readonly #recent = new Float64Array(MOMENTARY_SUB_BLOCKS);
  #recentSum = 0;
  /** Sum of squares of the present step of 0.1 s, and the frame where it began. */
  #stepSum = 0;
  #stepStart = 0;
  /** Energies of the past, by steps of 0.1 s. */
  #steps: number[] = [];
  #frames = 0;
  #subBlocks = 0;
  #momentaryMaximum = 0;
  #samplePeak = 0;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { sampleRate, channels, speakers = defaultSpeakers(channels) }: LoudnessOptions) {
    requireInRange('sampleRate', sampleRate, 4000, 192_000);
    requireInteger('channels', channels, 1, 8);
    requireInteger('speakers.length', speakers.length, channels, channels);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    const weights = speakerWeights(speakers);
    const heard = weights.map((_, channel) => channel).filter((channel) => weights[channel]! > 0);
    for (let i = 0; i < heard.length; i += 2) {
      const left = heard[i]!;
      // An odd channel is its own neighbour, without weight.
      const right = heard[i + 1] ?? left;
      const state = kernels.wasm.kWeightingCreate(sampleRate, weights[left]!, right === left ? 0 : weights[right]!);
      if (state === 0) throw new DspError('out-of-memory', 'no memory left for a loudness meter');
      this.#pairs.push({ state, left, right });
    }
  }

  /** Starts anew. */
  reset(): void {
    for (const { state } of this.#pairs) this.#kernels.wasm.kWeightingReset(state);
    this.#recent.fill(0);
    this.#recentSum = 0;
    this.#stepSum = 0;
    this.#stepStart = 0;
    this.#steps = [];
    this.#frames = 0;
    this.#subBlocks = 0;
    this.#momentaryMaximum = 0;
    this.#samplePeak = 0;
  }

  /**
   * Listens to a block, which it leaves as it is.
   * @param peaks of the block, as `soundPeaks` says
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite
   */
  process(block: SampleBlock, peaks: readonly number[] = soundPeaks(block, this.#channels)): void {
    const { wasm } = this.#kernels;
    for (const peak of peaks) this.#samplePeak = Math.max(this.#samplePeak, peak);
    for (let at = 0; at < block.frames; ) {
      // Ends of sub-blocks are rounded from the exact time, so that they do not drift at rates like 11025 Hz.
      const end = this.#frameOf(this.#subBlocks + 1);
      const frames = Math.min(end - this.#frames, block.frames - at);
      for (const { state, left, right } of this.#pairs) {
        wasm.kWeightingAdd(state, block.pointer(left) + at * 4, block.pointer(right) + at * 4, frames);
      }
      at += frames;
      this.#frames += frames;
      if (this.#frames === end) this.#endSubBlock();
    }
  }

  result(): Loudness {
    const momentary = this.#windows(MOMENTARY_STEPS);
    const shortTerm = this.#windows(SHORT_TERM_STEPS);
    return {
      integratedLufs: integratedLoudness(momentary),
      shortTermMaxLufs: gatedLufs(shortTerm.reduce((a, b) => Math.max(a, b), 0)),
      momentaryMaxLufs: gatedLufs(this.#momentaryMaximum),
      rangeLu: loudnessRange(shortTerm),
      samplePeak: this.#samplePeak,
      shortTerm: toCurve(shortTerm),
      momentary: toCurve(momentary),
      steps: Float64Array.from(this.#steps),
    };
  }

  #frameOf(subBlock: number): number {
    return Math.round((subBlock * this.#sampleRate) / SUB_BLOCKS_PER_SECOND);
  }

  #endSubBlock(): void {
    let energy = 0;
    for (const { state } of this.#pairs) energy += this.#kernels.wasm.kWeightingTake(state);
    const place = this.#subBlocks % MOMENTARY_SUB_BLOCKS;
    this.#recentSum += energy - this.#recent[place]!;
    this.#recent[place] = energy;
    this.#subBlocks += 1;
    if (this.#subBlocks >= MOMENTARY_SUB_BLOCKS) {
      const frames = this.#frames - this.#frameOf(this.#subBlocks - MOMENTARY_SUB_BLOCKS);
      // What is added and taken away piles up errors of rounding: it tells which windows are worth to be added up anew.
      if (place === 0 || this.#recentSum >= NEARLY * this.#momentaryMaximum * frames) {
        let sum = 0;
        for (let i = 0; i < MOMENTARY_SUB_BLOCKS; i++) sum += this.#recent[i]!;
        this.#recentSum = sum;
        this.#momentaryMaximum = Math.max(this.#momentaryMaximum, sum / frames);
      }
    }
    this.#stepSum += energy;
    if (this.#subBlocks % SUB_BLOCKS_PER_STEP === 0) {
      this.#steps.push(this.#stepSum / (this.#frames - this.#stepStart));
      this.#stepSum = 0;
      this.#stepStart = this.#frames;
    }
  }

  /** Energies of all windows of `length` steps that are complete. */
  #windows(length: number): Float64Array {
    const energies = new Float64Array(Math.max(0, this.#steps.length - length + 1));
    for (let i = 0; i < energies.length; i++) {
      let sum = 0;
      for (let step = i; step < i + length; step++) sum += this.#steps[step]!;
      energies[i] = sum / length;
    }
    return energies;
  }
}

function toCurve(energies: Float64Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(energies, (energy) => Math.max(ABSOLUTE_GATE_LUFS, energyToLufs(energy)));
}
