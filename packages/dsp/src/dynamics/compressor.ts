import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import {
  COMPRESSOR_MODES,
  type CompressorMode,
  type CompressorSettings,
  requireSettings,
} from './compressor-settings.ts';
import { CURVE_HOP_SECONDS, GainStage } from './gain-stage.ts';

export interface CompressorOptions extends CompressorSettings {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  readonly mode: CompressorMode;
  /** Level in the sense of the threshold: the largest sample, or the root of the mean square; 'peak' when left out */
  readonly detector?: 'peak' | 'rms';
  /** Corner of a second-order high-pass before the detector, Hz, 20 to 1000; none when left out */
  readonly sidechainHighPassHz?: number;
  /** Seconds that changed settings take to arrive, 0.001 to 1; 0.02 when left out */
  readonly rampSeconds?: number;
}

/**
 * Compressor and expander in place, without latency, all channels with one gain.
 *
 * With L the level in dB, T the threshold and R the ratio, the gain changes by
 * - `compress`, R above 1: (1/R - 1) (L - T) dB, negative, above the threshold: the ordinary compressor;
 * - `expand`, R below 1: (1/R - 1) (L - T) dB, positive, above the threshold: the upward expander, which opens what was
 *   compressed too much: a compressor with ratio 1/R and the same threshold is undone but for its time constants;
 * - `expand-below`, R below 1: (1/R - 1) (L - T) dB, negative, below the threshold: the downward expander, or gate.
 * A knee of W dB joins the two straight lines with a parabola from T - W/2 to T + W/2. The change is bounded by the range,
 * and the output gain comes on top of it.
 *
 * Stages: high-pass (only if asked for) -> level of each group of 4 frames -> largest level of the last 12.5 ms -> static
 * curve -> attack and release on the change in dB -> gain of each frame.
 * - Level: 'peak' is the largest magnitude of a sample in any channel. 'rms' is the mean square over all channels through
 *   two first-order low-passes of 5 ms; a full-scale sine has -3.01 dB.
 * - The level stands for 12.5 ms, half a period of 40 Hz, so the gain for a steady tone from there on is steady, and
 *   nothing is distorted by a gain that follows the wave. With 'rms' a tone at 200 Hz reads 0.03 dB high, at 40 Hz 0.6 dB.
 * - `attackSeconds` is the time in which the gain goes 63 % of its way, in dB, when the level rises; `releaseSeconds` the
 *   same when it falls, counted from when the level is let go, 12.5 ms after the last peak. The gain is later by up to 8
 *   frames (0.2 ms at 44.1 kHz).
 * A signal whose level is not changed comes out bit by bit when the output gain is 0 dB.
 * Source: D. Giannoulis, M. Massberg and J. D. Reiss, "Digital dynamic range compressor design: a tutorial and analysis",
 * JAES 60 (2012): feed-forward, ballistics in the log domain behind the curve.
 */
export class Compressor {
  readonly latencyFrames = 0;
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #mode: CompressorMode;
  readonly #state: number;
  readonly #stage: GainStage;
  #settings: CompressorSettings;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: CompressorOptions) {
    const { sampleRate, channels, mode, detector = 'peak', sidechainHighPassHz, rampSeconds = 0.02 } = options;
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 8);
    if (sidechainHighPassHz !== undefined) requireInRange('sidechainHighPassHz', sidechainHighPassHz, 20, 1000);
    requireInRange('rampSeconds', rampSeconds, 0.001, 1);
    this.#kernels = kernels;
    this.#channels = channels;
    this.#mode = mode;
    this.#settings = requireSettings(options, mode);
    this.#state = kernels.wasm.compressorCreate(
      sampleRate,
      channels,
      COMPRESSOR_MODES.indexOf(mode),
      detector === 'rms',
      sidechainHighPassHz ?? 0,
      rampSeconds * sampleRate,
      CURVE_HOP_SECONDS * sampleRate,
    );
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a compressor');
    this.#stage = new GainStage(kernels, kernels.wasm.compressorStage(this.#state), sampleRate);
    this.set({});
    this.reset();
  }

  /**
   * Sends settings to new values, which they reach, in a straight line, `rampSeconds` into the next blocks; attack and
   * release count at once.
   * @throws DspError 'invalid-parameter'
   */
  set(settings: Partial<CompressorSettings>): void {
    const next = requireSettings({ ...this.#settings, ...settings }, this.#mode);
    this.#settings = next;
    this.#stage.set(next);
  }

  /** As if there had been silence for ever; settings that were on their way arrive. */
  reset(): void {
    this.#kernels.wasm.compressorReset(this.#state);
  }

  /** @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite or beyond 1e6 */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    this.#kernels.wasm.compressorProcess(this.#state, block.pointer(0), block.stride, block.frames);
  }

  /**
   * The largest change of the gain since this was asked last, dB, 0 or more, without the output gain: how far it went down,
   * or up in mode `expand`.
   */
  gainReductionDb(): number {
    return this.#stage.takeMostDb();
  }

  /**
   * The largest change of the gain, as in `gainReductionDb`, in each of the whole `CURVE_HOP_SECONDS` that have passed since
   * this was asked last; only the latest 1024 are kept.
   */
  takeCurveDb(): Float32Array {
    return this.#stage.takeCurveDb();
  }

  /** Address of the state, for kernels that run a compressor inside. */
  get pointer(): number {
    return this.#state;
  }
}
