import type { SampleBlock } from '../block.ts';
import { requireBlock, requireChannels } from '../block-requirements.ts';
import { DspError, requireInRange, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

export interface ResamplerOptions {
  /** 1 to 8 */
  readonly channels: number;
  /** Hz, whole numbers from 4000 to 192000 */
  readonly fromRate: number;
  readonly toRate: number;
  /** Most frames of an input block, 1 to 2^24 */
  readonly maximumFrames: number;
  /** End of the pass-band as a share of half the lower rate, 0.5 to 0.98; 0.9 when left out */
  readonly passBand?: number;
  /**
   * Begin of the stop-band, likewise; 1 when left out, so that nothing is aliased. 2 - passBand is the other choice
   * that makes sense: it costs half, and what lies between it and 1 is aliased, but not into the pass-band.
   */
  readonly stopBand?: number;
}

/**
 * Sample-rate conversion of a stream: polyphase sinc filter under a Kaiser window, any whole rates. The pass-band is flat
 * within 0.001 dB, the stop-band 100 dB down, the phase linear and compensated: output k is the input at time k / toRate.
 * Blocks may have any size; a stream of n frames gives round(n * toRate / fromRate) frames, `flush` included. Equal rates
 * hand the samples through.
 */
export class Resampler {
  /** Room that an output block needs for any `process` or `flush`, frames. */
  readonly maximumOutputFrames: number;
  readonly #kernels: Kernels;
  readonly #options: ResamplerOptions;
  /** 0 for equal rates. */
  readonly #state: number = 0;
  readonly #reach: number = 0;
  #taken = 0;
  #given = 0;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, options: ResamplerOptions) {
    const { channels, fromRate, toRate, maximumFrames, passBand = 0.9, stopBand = 1 } = options;
    requireInteger('channels', channels, 1, 8);
    requireInteger('fromRate', fromRate, 4000, 192_000);
    requireInteger('toRate', toRate, 4000, 192_000);
    requireInteger('maximumFrames', maximumFrames, 1, 2 ** 24);
    requireInRange('passBand', passBand, 0.5, 0.98);
    requireInRange('stopBand', stopBand, passBand + 0.02, 2 - passBand);
    this.#kernels = kernels;
    this.#options = options;
    this.maximumOutputFrames = maximumFrames;
    if (fromRate === toRate) return;
    this.#state = kernels.wasm.resamplerCreate(channels, fromRate, toRate, passBand, stopBand);
    if (this.#state === 0) throw new DspError('out-of-memory', `no memory left to go from ${fromRate} to ${toRate} Hz`);
    this.#reach = kernels.wasm.resamplerReach(this.#state);
    this.maximumOutputFrames = Math.ceil((Math.max(maximumFrames, this.#reach) * toRate) / fromRate) + 1;
  }

  /** Forgets what was heard: the next block begins a new stream. */
  reset(): void {
    if (this.#state !== 0) this.#kernels.wasm.resamplerReset(this.#state);
    this.#taken = 0;
    this.#given = 0;
  }

  /**
   * Takes a block and sets `output` to all frames that can be given by now.
   * @param input at most `maximumFrames` frames
   * @param output another block with a capacity of `maximumOutputFrames`
   * @throws DspError 'invalid-parameter'
   */
  process(input: SampleBlock, output: SampleBlock): void {
    requireBlock(input, this.#options.channels);
    requireInteger('input.frames', input.frames, 0, this.#options.maximumFrames);
    this.#requireOutput(output);
    this.#taken += input.frames;
    if (this.#state === 0) {
      for (let channel = 0; channel < input.channelCount; channel++) {
        output.channel(channel).set(input.channel(channel).subarray(0, input.frames));
      }
      output.frames = input.frames;
      return;
    }
    this.#convert(input.pointer(0), input.stride, input.frames, output, output.capacity);
  }

  /** Sets `output` to the rest of the stream, and begins a new one. @throws DspError 'invalid-parameter' */
  flush(output: SampleBlock): void {
    this.#requireOutput(output);
    const { fromRate, toRate } = this.#options;
    const rest = Math.round((this.#taken * toRate) / fromRate) - this.#given;
    if (this.#state === 0) output.frames = 0;
    else this.#convert(0, 0, this.#reach, output, rest);
    this.reset();
  }

  #convert(input: number, inputStride: number, frames: number, output: SampleBlock, room: number): void {
    output.frames = this.#kernels.wasm.resamplerProcess(
      this.#state,
      input,
      inputStride,
      frames,
      output.pointer(0),
      output.stride,
      room,
    );
    this.#given += output.frames;
  }

  #requireOutput(output: SampleBlock): void {
    requireChannels(output, this.#options.channels);
    requireInteger('output.capacity', output.capacity, this.maximumOutputFrames, 2 ** 24);
  }
}
