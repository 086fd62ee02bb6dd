import { SampleBlock } from '../block.ts';
import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** Samples of each channel in the longest frame. */
const LONGEST_FRAME = 1152;
/** What the kernel may overwrite behind a frame's samples. */
const OVERWRITTEN = 64;
const LARGEST_FRAME_BYTES = 4096;
/** Room that a block needs behind its frames for another frame to be decoded there. */
export const MP3_FRAME_ROOM = LONGEST_FRAME + OVERWRITTEN;

/** `damaged`: what could not be decoded is silence. `incomplete`: data of earlier frames was missing; silence. */
export type Mp3FrameStatus = 'whole' | 'damaged' | 'incomplete';

/**
 * Decodes MPEG-1, 2 and 2.5 layer III frames, one at a time. Finding frames and cutting the encoder's delay is the
 * caller's work.
 */
export class Mp3Decoder {
  /** Receives the samples unless another block is given: two channels, of which a mono frame fills the first. */
  readonly block: SampleBlock;
  readonly #kernels: Kernels;
  readonly #state: number;
  readonly #input: number;

  /** @throws DspError 'out-of-memory' */
  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.block = new SampleBlock(kernels, 2, MP3_FRAME_ROOM);
    this.#input = kernels.allocate(LARGEST_FRAME_BYTES + 16);
    this.#state = kernels.wasm.mp3DecoderCreate();
    if (this.#state === 0) throw new DspError('out-of-memory', 'no memory left for an MP3 decoder');
  }

  /**
   * Decodes one frame.
   * @param frame from its header to its last byte, with a header that has been checked: layer III, no free bit rate
   * @param frames samples of each channel in it, 576 or 1152
   * @param block takes the samples from `at` on and ends with them; of these kernels, with the frame's channels
   * @param at 0 to the block's capacity less MP3_FRAME_ROOM
   * @throws DspError 'invalid-parameter' when the block has no room for them
   */
  decode(frame: Uint8Array, frames: number, block = this.block, at = 0): Mp3FrameStatus {
    requireInteger('bytes of the frame', frame.length, 4, LARGEST_FRAME_BYTES);
    requireInteger('frames', frames, 576, LONGEST_FRAME);
    requireInteger('at', at, 0, block.capacity - MP3_FRAME_ROOM);
    if (block.kernels !== this.#kernels) throw new DspError('invalid-parameter', 'the block is of other kernels');
    if (frame[3]! >> 6 !== 3) requireInteger('channels of the block', block.channelCount, 2, 64);
    this.#kernels.bytes(this.#input, frame.length).set(frame);
    const first = block.pointer(0);
    const stride = block.pointer(1) - first;
    const { wasm } = this.#kernels;
    const status = wasm.mp3DecodeFrame(this.#state, this.#input, frame.length, first + 4 * at, stride);
    block.frames = at + frames;
    return status === 0 ? 'whole' : status === -1 ? 'damaged' : 'incomplete';
  }

  /** Forgets what was read: the next frame does not follow on the last. */
  reset(): void {
    this.#kernels.wasm.mp3DecoderReset(this.#state);
  }
}
