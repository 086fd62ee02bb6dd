import type { SampleBlock } from '../block.ts';
import { requireBlock } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';
import { type BandStage, planBandLevels } from './band-levels-plan.ts';
import { type BandPowers, HopSums } from './hop-sums.ts';
import type { ThirdOctaveBand } from './third-octaves.ts';

/** Samples that are taken at once: as many as the kernels take. */
const CHUNK = 4096;
/** Attenuation of the half-band filters ends at 80 dB; they keep what lies below this many times the highest edge. */
const PASS_MARGIN = 1.1;

export interface BandLevelsResult {
  /** Hz */
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  /** From low to high: the first columns. */
  readonly bands: readonly ThirdOctaveBand[];
  /**
   * bands.length + 2: behind the bands one for what is below the lowest and one for what is above the highest band, so that
   * the columns together are the whole signal.
   */
  readonly columns: number;
  /** 0.1 exactly: hop i is from 0.1 i s on. */
  readonly hopSeconds: number;
  /** Hops begun. The last one counts as if silence followed. */
  readonly hops: number;
  /** [hops][columns] */
  readonly perHop: BandPowers;
  /** [columns], over all frames. */
  readonly whole: BandPowers;
}

/** Hop and halvings of a stage, as the kernels have it. */
interface Stage {
  readonly columns: readonly number[];
  readonly halvings: number;
  /** Frames at the full rate from one frame of sums to the next. */
  readonly hopFrames: number;
  readonly state: number;
  /** Frames of sums so far. */
  taken: number;
}

/**
 * Levels in third-octave bands as the signal streams by, of one or two channels: every 0.1 s and of the whole.
 * Stages: half-band decimation (for the lower bands, in steps of two) -> frames of 46 ms (500 Hz and up, at 44.1 kHz),
 * 93 ms, 186 ms ... 1.5 s (25 Hz and below) under the Vorbis window, half overlapped -> spectra -> squares and products
 * summed from edge to edge of each band -> hops.
 * The sums over all columns are those of the samples: within 0.02 dB for noise, within 0.3 dB for a lone tone on the border
 * of two frame lengths. A frame counts in the hops that its middle half lies in. A sine in the middle of a band reads its
 * own level within 0.05 dB there, -23 dB in the neighbours, -50, -62 and below -66 dB further away (class 2 of IEC 61260-1
 * asks for about 16, 40, 54 and 60 dB at those distances and up to an octave more); at an edge it is half in either band.
 * Time is as sharp as frames are long: 20 to 40 periods of a band's middle at low frequencies.
 * Source: bands of IEC 61260-1:2014; window of the Vorbis I specification, section 4.3.1.
 */
export class BandLevels {
  readonly #kernels: Kernels;
  readonly #sampleRate: number;
  readonly #channels: number;
  readonly #bands: readonly ThirdOctaveBand[];
  readonly #stages: readonly Stage[];
  /** [halvings][channels] half-band filters, and where they write to. */
  readonly #halvers: readonly (readonly number[])[];
  readonly #halved: readonly (readonly number[])[];
  readonly #silence: number;
  readonly #sums: HopSums;
  #frames = 0;

  /**
   * @param options.sampleRate Hz, 8000 to 192000
   * @param options.channels 1 or 2
   * @throws DspError 'invalid-parameter', 'out-of-memory'
   */
  constructor(kernels: Kernels, { sampleRate, channels }: { readonly sampleRate: number; readonly channels: number }) {
    requireInRange('sampleRate', sampleRate, 8000, 192_000);
    requireInteger('channels', channels, 1, 2);
    const { bands, stages } = planBandLevels(sampleRate);
    this.#kernels = kernels;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    this.#bands = bands;
    this.#stages = stages.map((stage) => this.#createStage(stage));
    const halvings = stages.at(-1)!.halvings;
    const each = <T>(create: (halving: number) => T) =>
      Array.from({ length: halvings }, (_, i) => Array.from({ length: channels }, () => create(i)));
    this.#halvers = each((i) => {
      const next = stages.find((stage) => stage.halvings > i)!;
      const passHz = PASS_MARGIN * next.edgesHz.at(-1)!;
      return allocated(kernels.wasm.halfBandCreate(sampleRate / 2 ** i, passHz));
    });
    this.#halved = each((i) => kernels.allocateFloats(CHUNK / 2 ** (i + 1) + 16));
    this.#silence = kernels.allocateFloats(CHUNK);
    this.#sums = new HopSums(bands.length + 2, sampleRate / 10);
  }

  /** Forgets all samples. */
  reset(): void {
    for (const stage of this.#stages) {
      this.#kernels.wasm.bandSumsReset(stage.state);
      stage.taken = 0;
    }
    for (const halver of this.#halvers.flat()) this.#kernels.wasm.halfBandReset(halver);
    this.#sums.reset();
    this.#frames = 0;
  }

  /**
   * Takes the next samples, which it leaves as they are.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite
   */
  process(block: SampleBlock): void {
    requireBlock(block, this.#channels);
    for (let done = 0; done < block.frames; done += CHUNK) {
      const left = block.pointer(0) + 4 * done;
      const right = block.pointer(this.#channels - 1) + 4 * done;
      this.#push(left, right, Math.min(CHUNK, block.frames - done));
    }
    this.#frames += block.frames;
  }

  /** What was measured since the start or the last `finish`; ready for the next track then. */
  finish(): BandLevelsResult {
    // Silence until the longest frames that hold a sample are complete, and the filters before them have let go of it.
    const { hopFrames, halvings } = this.#stages.at(-1)!;
    for (let left = 2 * hopFrames + 64 * 2 ** halvings; left > 0; left -= CHUNK) {
      this.#push(this.#silence, this.#silence, CHUNK);
    }
    const columns = this.#bands.length + 2;
    const hops = Math.ceil((10 * this.#frames) / this.#sampleRate);
    const result = {
      ...{ sampleRate: this.#sampleRate, channels: this.#channels, frames: this.#frames, bands: this.#bands },
      ...{ columns, hopSeconds: 0.1, hops },
      perHop: this.#sums.perHop(hops),
      whole: this.#sums.whole(this.#frames),
    };
    this.reset();
    return result;
  }

  #createStage({ halvings, size, columns, weights, edgesHz }: BandStage): Stage {
    const { wasm } = this.#kernels;
    const edges = this.#kernels.allocate(8 * edgesHz.length);
    const bins = (size * 2 ** halvings) / this.#sampleRate;
    this.#kernels.doubles(edges, edgesHz.length).set(edgesHz.map((hz) => hz * bins));
    // A sample stands for as many as the decimation made it from.
    const factor = 2 ** halvings;
    const scales = this.#kernels.allocateFloats(columns.length);
    this.#kernels.floats(scales, columns.length).set(weights.map((weight) => weight * factor));
    const plan = allocated(wasm.fftCreate(size));
    const state = allocated(wasm.bandSumsCreate(plan, size, this.#channels, columns.length, edges, scales));
    return { columns, halvings, hopFrames: (size / 2) * factor, state, taken: 0 };
  }

  /** Takes at most CHUNK frames. */
  #push(left: number, right: number, frames: number): void {
    let from = [left, right];
    let count = frames;
    let halvings = 0;
    for (const stage of this.#stages) {
      for (; halvings < stage.halvings; halvings++) {
        const [source, frameCount] = [from, count];
        from = this.#halved[halvings]!.map((target, channel) => {
          count = this.#kernels.wasm.halfBandProcess(
            this.#halvers[halvings]![channel]!,
            source[channel]!,
            frameCount,
            target,
          );
          return target;
        });
      }
      this.#measure(stage, from[0]!, from[this.#channels - 1]!, count);
    }
  }

  #measure(stage: Stage, left: number, right: number, frames: number): void {
    const { wasm } = this.#kernels;
    const rows = wasm.bandSumsPush(stage.state, left, right, frames);
    if (rows === 0) return;
    const width = 3 * stage.columns.length;
    const sums = this.#kernels.floats(wasm.bandSumsOutput(stage.state), rows * width);
    for (let row = 0; row < rows; row++, stage.taken++) {
      // The middle half of frame 0 ends where the first sample begins.
      const start = (stage.taken - 1) * stage.hopFrames;
      this.#sums.add(stage.columns, sums, row * width, start, start + stage.hopFrames);
    }
  }
}

/** @throws DspError 'out-of-memory' */
function allocated(state: number): number {
  if (state === 0) throw new DspError('out-of-memory', 'no memory left for levels of bands');
  return state;
}
