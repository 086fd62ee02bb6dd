import type { Kernels } from '../kernels.ts';
import type { CompressorSettings } from './compressor-settings.ts';

/** Seconds to a value of a gain curve. */
export const CURVE_HOP_SECONDS = 0.1;

/** The part of a dynamics processor that makes gains from levels, by its address in the kernels' memory. */
export class GainStage {
  readonly #kernels: Kernels;
  readonly #pointer: number;
  readonly #sampleRate: number;

  constructor(kernels: Kernels, pointer: number, sampleRate: number) {
    this.#kernels = kernels;
    this.#pointer = pointer;
    this.#sampleRate = sampleRate;
  }

  set(settings: CompressorSettings): void {
    this.#kernels.wasm.gainStageSet(
      this.#pointer,
      settings.thresholdDb,
      settings.ratio,
      settings.kneeDb,
      settings.attackSeconds * this.#sampleRate,
      settings.releaseSeconds * this.#sampleRate,
      settings.rangeDb,
      settings.gainDb,
    );
  }

  /** The largest change of the gain since this was asked last, dB, 0 or more. */
  takeMostDb(): number {
    return this.#kernels.wasm.gainStageMost(this.#pointer);
  }

  /** The largest change in each whole hop since this was asked last, dB; the latest 1024 at most. */
  takeCurveDb(): Float32Array {
    const { wasm } = this.#kernels;
    const nepers = this.#kernels.floats(wasm.gainStageRecord(this.#pointer), wasm.gainStageTakeRecord(this.#pointer));
    return nepers.map((value) => (value * 20) / Math.LN10);
  }
}
