import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Frames that make a bin of each zoom level, finest first. */
const LEVELS = [256, 2048, 16_384] as const;
export const PEAK_BANDS = 3;

/** Crossovers of the bands; at low sample rates the upper one is at most this share of the rate. */
const LOW_HZ = 150;
const HIGH_HZ = 4000;
const HIGHEST_SHARE = 0.45;
/** What full scale, 1, is as a byte. */
const FULL_SCALE = 255;

/** Heights of a waveform in three bands at one zoom level. */
export interface PeakLevel {
  readonly framesPerBin: number;
  /**
   * [bins][low, mid, high] largest magnitude of the band in any channel, 255 for full scale and above. There is a bin for
   * every `framesPerBin` frames begun.
   */
  readonly values: Uint8Array;
}

/** The waveform of a track for drawing, at several zoom levels, finest first. */
export interface WaveformPeaks {
  /** Hz */
  readonly sampleRate: number;
  readonly frames: number;
  /** Hz, whole: crossovers of the bands. */
  readonly lowHz: number;
  readonly highHz: number;
  readonly levels: readonly PeakLevel[];
}

/**
 * Measures a waveform in three bands as it streams by, for drawing.
 * Stages: crossovers at 150 Hz and 4 kHz (Linkwitz-Riley, fourth order, as `ThreeBandIsolator`) -> largest magnitude over
 * channels and 256 frames -> bytes -> largest of eight bins for each coarser level.
 * Blocks of any size give the same values.
 */
export class BandPeaks {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #highHz: number;
  readonly #channels: number;
  readonly #filter: number;
  readonly #peaks: number;
  #finest = new Uint8Array(3 * 1024);
  #bins = 0;
  #frames = 0;

  /**
   * @param options.sampleRate Hz, 4000 to 192000
   * @param options.channels 1 to 8
   * @throws DspError 'invalid-parameter', 'out-of-memory'
   */
  constructor(kernels: Kernels, { sampleRate, channels }: { readonly sampleRate: number; readonly channels: number }) {
    requireInRange('sampleRate', sampleRate, 4000, 192_000);
    requireInteger('channels', channels, 1, 8);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#highHz = Math.floor(Math.min(HIGH_HZ, HIGHEST_SHARE * sampleRate));
    this.#peaks = kernels.allocateFloats(PEAK_BANDS);
    this.#filter = kernels.wasm.isolatorCreate(sampleRate, channels, LOW_HZ, this.#highHz);
    if (this.#filter === 0) throw new DspError('out-of-memory', 'no memory left for the peaks of a waveform');
  }

  /**
   * Takes the next samples, which it leaves as they are.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    const first = block.pointer(0);
    const stride = this.#channels > 1 ? block.pointer(1) - first : 0;
    for (let done = 0; done < block.frames; ) {
      const count = Math.min(block.frames - done, LEVELS[0] - (this.#frames % LEVELS[0]));
      this.#kernels.wasm.isolatorPeaks(this.#filter, first + 4 * done, stride, count, this.#peaks);
      this.#frames += count;
      done += count;
      if (this.#frames % LEVELS[0] === 0) this.#finishBin();
    }
  }

  /** What was measured since the start or the last `finish`; ready for the next track then. */
  finish(): WaveformPeaks {
    if (this.#frames % LEVELS[0] !== 0) this.#finishBin();
    let values = this.#finest.slice(0, PEAK_BANDS * this.#bins);
    const levels = LEVELS.map((framesPerBin, i): PeakLevel => {
      if (i > 0) values = coarser(values, framesPerBin / LEVELS[i - 1]!);
      return { framesPerBin, values };
    });
    const peaks = { sampleRate: this.#sampleRate, frames: this.#frames, lowHz: LOW_HZ, highHz: this.#highHz, levels };
    this.reset();
    return peaks;
  }

  /** Forgets all samples. */
  reset(): void {
    this.#kernels.wasm.isolatorReset(this.#filter);
    this.#kernels.floats(this.#peaks, PEAK_BANDS).fill(0);
    this.#bins = 0;
    this.#frames = 0;
  }

  #finishBin(): void {
    const target = PEAK_BANDS * this.#bins;
    if (target === this.#finest.length) {
      const larger = new Uint8Array(2 * target);
      larger.set(this.#finest);
      this.#finest = larger;
    }
    const peaks = this.#kernels.floats(this.#peaks, PEAK_BANDS);
    for (let band = 0; band < PEAK_BANDS; band++) {
      this.#finest[target + band] = Math.min(FULL_SCALE, Math.round(FULL_SCALE * peaks[band]!));
    }
    peaks.fill(0);
    this.#bins += 1;
  }
}

/** Largest of every `factor` bins. */
function coarser(values: Uint8Array<ArrayBuffer>, factor: number): Uint8Array<ArrayBuffer> {
  const bins = values.length / PEAK_BANDS;
  const result = new Uint8Array(PEAK_BANDS * Math.ceil(bins / factor));
  for (let i = 0; i < values.length; i++) {
    const target = PEAK_BANDS * Math.floor(i / PEAK_BANDS / factor) + (i % PEAK_BANDS);
    result[target] = Math.max(result[target]!, values[i]!);
  }
  return result;
}
