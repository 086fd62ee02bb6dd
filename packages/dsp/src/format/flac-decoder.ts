import type { SampleBlock } from '../block.ts';
import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** What STREAMINFO says (RFC 9639, section 8.2); the limits are the format's. */
export interface FlacStreamInfo {
  /** Frames of the smallest and the largest block, 16 to 65535. */
  readonly minimumBlock: number;
  readonly maximumBlock: number;
  /** Hz */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** 4 to 32 */
  readonly bitsPerSample: number;
}

/** One decoded FLAC frame; its samples are in the block. */
export interface FlacFrame {
  /** Bytes of the frame in the input. */
  readonly bytes: number;
  /** Number of its first sample in the stream. */
  readonly position: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
}

/** No valid frame is longer: its samples verbatim, with a bit more each for a side channel, and its headers. */
function largestFrameBytes(info: FlacStreamInfo): number {
  return Math.ceil((info.maximumBlock * info.channels * (info.bitsPerSample + 1)) / 8) + 256;
}

/**
 * Decodes FLAC frames (RFC 9639) out of an input area: `load` bytes, then `decode` frame after frame. Every frame is
 * checked by its CRC-8 and CRC-16; samples are exact up to 24 bits and rounded to 32-bit floats above.
 */
export class FlacDecoder {
  readonly #kernels: Kernels;
  readonly #block: SampleBlock;
  readonly #state: number;
  readonly #input: number;
  /** Most bytes that `load` takes; at least twice the longest frame. */
  readonly capacity: number;
  #loaded = 0;

  /**
   * @param block receives the samples; holds at least `info.maximumBlock` frames and `info.channels` channels
   * @throws DspError 'out-of-memory'; 'invalid-parameter' when a figure is outside the format's limits
   */
  constructor(block: SampleBlock, info: FlacStreamInfo) {
    requireInteger('minimumBlock', info.minimumBlock, 1, 65_535);
    requireInteger('maximumBlock', info.maximumBlock, 1, Math.min(block.capacity, 65_535));
    requireInteger('channels', info.channels, 1, Math.min(block.channelCount, 8));
    requireInteger('bitsPerSample', info.bitsPerSample, 4, 32);
    this.#kernels = block.kernels;
    this.#block = block;
    this.capacity = Math.max(2 * largestFrameBytes(info), 2 ** 18);
    this.#input = this.#kernels.allocate(this.capacity + 16);
    this.#state = this.#kernels.wasm.flacDecoderCreate(
      info.maximumBlock,
      info.channels,
      info.sampleRate,
      info.bitsPerSample,
      info.minimumBlock,
    );
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for a FLAC decoder');
  }

  /** Replaces the input; at most `capacity` bytes. */
  load(bytes: Uint8Array): void {
    requireInteger('bytes', bytes.length, 0, this.capacity);
    this.#kernels.bytes(this.#input, bytes.length).set(bytes);
    this.#loaded = bytes.length;
  }

  /**
   * Decodes the frame at `offset` of the input into the block.
   * @returns the frame; 'more' when the input ends before it does; 'invalid' when there is no valid frame
   */
  decode(offset: number): FlacFrame | 'more' | 'invalid' {
    const { wasm } = this.#kernels;
    const block = this.#block;
    const bytes = wasm.flacDecodeFrame(
      this.#state,
      this.#input + offset,
      this.#input + this.#loaded,
      block.pointer(0),
      block.stride,
    );
    if (bytes <= 0) return bytes === 0 ? 'more' : 'invalid';
    block.frames = wasm.flacFrames(this.#state);
    return {
      bytes,
      position: wasm.flacPosition(this.#state),
      sampleRate: wasm.flacRate(this.#state),
      channels: wasm.flacChannels(this.#state),
      bitsPerSample: wasm.flacBits(this.#state),
    };
  }

  /** Offset of the next valid frame header at or after `offset`; the length of the input when there is none. */
  find(offset: number): number {
    const found = this.#kernels.wasm.flacFindFrame(this.#state, this.#input + offset, this.#input + this.#loaded);
    return found - this.#input;
  }
}
