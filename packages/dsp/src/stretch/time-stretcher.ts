import type { SampleBlock } from '../block.ts';
import { requireChannels, requireSound } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Rates, source frames per output frame, that a time map may have. */
const SLOWEST_RATE = 0.5;
const FASTEST_RATE = 2;

/**
 * A frame is the power of two nearest to this: 4096 samples at 44.1 and 48 kHz. Half as long blurs the partials of low
 * notes into each other: a log-spectral distance of 6.3 dB to ideal tones in place of 1.6 (conformance/stretch).
 */
const FRAME_SECONDS = 4096 / 44_100;
const HOPS_PER_FRAME = 3;
/** Frames that the frames, the search for onsets and the start of a stretch reach to both sides at any rate. */
const FRAMES_BEFORE = 9 / 4;
const FRAMES_AFTER = 11 / 4;
const LARGEST_POSITION = 2 ** 35;
/** Source frames by which positions may miss a rate of exactly 1, or the limits of the rate, by rounding. */
const UNIT_TOLERANCE = 1e-3;
const LIMIT_TOLERANCE = 1;

/** Samples of a frame at `sampleRate`. */
export function stretchFrameSize(sampleRate: number): number {
  return 2 ** Math.round(Math.log2(sampleRate * FRAME_SECONDS));
}

/**
 * Changes the pace of sound without changing its pitch, one hop of output at a time, along any time map: a phase
 * vocoder with identity phase locking in which attacks are kept as they are.
 *
 * The first frame of every hop sounds as the source does at the `position` of its step: there is no latency and no drift,
 * and onsets fall where the map puts them. While positions advance by exactly `hopFrames`, the output is the source
 * itself: from the first hop on after a `reset`, and after a stretch as soon as all partials have returned to their phases
 * (at once with an onset, otherwise within seconds, by at most 5 cents). All channels are turned by the same phases, so
 * the stereo image stays.
 *
 * Stages of a step: onsets in the source ahead -> place of the frame -> Hann window, FFT -> peaks -> turn of each peak
 * -> inverse FFT, window -> overlap and add, three frames at any sample: their windows are squares of Hann windows in all.
 *
 * What it does not reach (conformance/stretch): recordings whose attacks lie close or hardly rise over what sounds with them
 * lose more of the attacks' shape than in SoundTouch, which copies pieces of the source. Tried on eight recordings at
 * ratios 0.9 and 1.06, where 8.1 % of the shape were lost and 6.0 % are now: an onset for every rise of 2 dB (12.1 %:
 * too many places are kept to follow the map), one turn for all peaks within the width of an auditory filter above 2
 * or 5 kHz (6.2 and 5.8 % where peaks of their own lost 5.3), unit rate between leaps of 12 ms with peaks that return to the
 * source's phases (6.2 to 5.1 %, and made tones go 1.9 dB further off or more). All peaks anew at an onset lost 5.3 %, but made
 * drums over a chord twice what they lose.
 * Sources: J. Laroche and M. Dolson, "Improved phase vocoder time-scale modification of audio", IEEE Trans. Speech and
 * Audio Processing 7 (1999); M. Puckette, "Phase-locked vocoder", WASPAA 1995; A. Röbel, "A new approach to transient
 * processing in the phase vocoder", DAFx 2003.
 */
export class TimeStretcher {
  /** Output frames that one step makes: a third of `stretchFrameSize`, less what is over a multiple of 4. */
  readonly hopFrames: number;
  /** Source frames that a step needs before its position. */
  readonly reachBefore: number;
  /** Source frames that a step needs from its position on. */
  readonly reachAfter: number;
  readonly #kernels: Kernels;
  readonly #channels: number;
  readonly #state: number;
  #lastPosition = Number.NaN;
  /** Source frame up to which samples were found to be sound. */
  #checkedTo = Number.NEGATIVE_INFINITY;

  /**
   * @param options sampleRate in Hz, 8000 to 192000; channels 1 to 8
   * @throws DspError 'invalid-parameter' outside of these ranges, 'out-of-memory' when the arena is full
   */
  constructor(kernels: Kernels, options: { readonly sampleRate: number; readonly channels: number }) {
    requireInRange('sampleRate', options.sampleRate, 8000, 192_000);
    requireInteger('channels', options.channels, 1, 8);
    const size = stretchFrameSize(options.sampleRate);
    this.#kernels = kernels;
    this.#channels = options.channels;
    this.hopFrames = 4 * Math.floor(size / (4 * HOPS_PER_FRAME));
    this.reachBefore = FRAMES_BEFORE * size;
    this.reachAfter = FRAMES_AFTER * size;
    this.#state = kernels.wasm.timeStretcherCreate(size, options.sampleRate, options.channels);
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a time-stretcher');
  }

  /** Forgets everything heard: the next step may be anywhere in any source. */
  reset(): void {
    this.#kernels.wasm.timeStretcherReset(this.#state);
    this.#lastPosition = Number.NaN;
    this.#checkedTo = Number.NEGATIVE_INFINITY;
  }

  /**
   * Makes the next `hopFrames` output frames.
   * @param input holds at least the source frames from `position - reachBefore` to `position + reachAfter`, silence beyond
   *   the source's ends; a block that holds many hops' worth saves filling it for every step
   * @param inputStart source frame of the block's first frame, a whole number
   * @param position source frame, may be fractional, that the first output frame corresponds to. Between two steps it
   *   advances by 0.5 to 2 times `hopFrames`.
   * @param output receives `hopFrames` frames; not the input
   * @param rate source frames per output frame over the next 1.5 * `hopFrames` output frames, up to the middle of the
   *   frame that this step adds, 0.5 to 2. Without it, the pace since the last step (1 at the first) is taken to go on; a caller
   *   that knows its map ahead makes onsets exact also where the pace changes.
   * @throws DspError 'invalid-parameter' when a block has other channels or is too short, a number is out of range, or a
   *   sample is not finite or beyond 1e6
   */
  step(input: SampleBlock, inputStart: number, position: number, output: SampleBlock, rate?: number): void {
    const pace = this.#pace(position, rate);
    this.#requireBlocks(input, inputStart, position, output);
    if (Number.isNaN(this.#lastPosition)) {
      // The frames before, so that the first hop is whole.
      for (let hops = HOPS_PER_FRAME - 1; hops > 0; hops--) {
        this.#addFrame(input, inputStart, position - hops * pace * this.hopFrames, output, pace);
      }
    }
    this.#addFrame(input, inputStart, position, output, pace);
    this.#lastPosition = position;
    output.frames = this.hopFrames;
  }

  /** The rate of a step; exactly 1 where nothing is stretched. */
  #pace(position: number, rate: number | undefined): number {
    requireInRange('position', position, -LARGEST_POSITION, LARGEST_POSITION);
    if (rate !== undefined) requireInRange('rate', rate, SLOWEST_RATE, FASTEST_RATE);
    const hop = this.hopFrames;
    const advance = Number.isNaN(this.#lastPosition) ? (rate ?? 1) * hop : position - this.#lastPosition;
    if (advance < SLOWEST_RATE * hop - LIMIT_TOLERANCE || advance > FASTEST_RATE * hop + LIMIT_TOLERANCE) {
      throw new DspError(
        'invalid-parameter',
        `position advances by ${advance} frames; it must be between ${SLOWEST_RATE * hop} and ${FASTEST_RATE * hop}, or reset`,
      );
    }
    const pace = rate ?? Math.min(FASTEST_RATE, Math.max(SLOWEST_RATE, advance / hop));
    const isUnit = Math.abs(advance - hop) <= UNIT_TOLERANCE && Math.abs(pace - 1) * hop <= UNIT_TOLERANCE;
    return isUnit ? 1 : pace;
  }

  #requireBlocks(input: SampleBlock, inputStart: number, position: number, output: SampleBlock): void {
    requireChannels(input, this.#channels);
    requireChannels(output, this.#channels);
    if (output.capacity < this.hopFrames) {
      throw new DspError('invalid-parameter', `output holds ${output.capacity} frames; a hop has ${this.hopFrames}`);
    }
    requireInteger('inputStart', inputStart, -LARGEST_POSITION, LARGEST_POSITION);
    const from = Math.ceil(position - this.reachBefore);
    const to = Math.floor(position + this.reachAfter);
    if (inputStart > from || inputStart + input.frames < to) {
      throw new DspError(
        'invalid-parameter',
        `input holds source frames ${inputStart} to ${inputStart + input.frames}; position ${position} needs ${from} to ${to}`,
      );
    }
    const unchecked = Math.max(from, Math.min(to, this.#checkedTo));
    for (let channel = 0; channel < this.#channels; channel++) {
      const pointer = input.pointer(channel) + 4 * (unchecked - inputStart);
      requireSound(this.#kernels.wasm.samplePeak(pointer, to - unchecked), channel);
    }
    this.#checkedTo = to;
  }

  #addFrame(input: SampleBlock, inputStart: number, position: number, output: SampleBlock, pace: number): void {
    this.#kernels.wasm.timeStretcherStep(
      this.#state,
      input.pointer(0),
      input.pointer(1) - input.pointer(0),
      inputStart,
      position,
      pace,
      output.pointer(0),
      output.pointer(1) - output.pointer(0),
    );
  }
}
