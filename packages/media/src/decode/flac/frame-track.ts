import type { FlacFrame, SampleBlock } from '@tutti/dsp';
import { atSeconds, type Warnings } from '../../warnings.ts';
import type { ParsedStreamInfo } from './stream-info.ts';

/** Longest run of lost frames that is bridged with silence. */
const LONGEST_GAP_SECONDS = 10;

/** Follows the frames of a FLAC stream: keeps their time right across lost ones and notices a change of format. */
export class FrameTrack {
  readonly #info: ParsedStreamInfo;
  readonly #warnings: Warnings;
  #next = 0;
  #first: number | undefined;
  #lost = false;

  constructor(info: ParsedStreamInfo, warnings: Warnings) {
    this.#info = info;
    this.#warnings = warnings;
  }

  /** Says that data at the present position could not be used. */
  damaged(): void {
    this.#lost = true;
    this.#warnings.add(`damaged FLAC frame at ${atSeconds(this.#next, this.#info.sampleRate)}`);
  }

  /**
   * Frames of silence that stand for what was lost before the frame; undefined when its format is another one, so that
   * neither it nor what follows can be used.
   */
  place(frame: FlacFrame, block: SampleBlock): number | undefined {
    const { sampleRate, channels, bitsPerSample } = this.#info;
    if (frame.sampleRate !== sampleRate || frame.channels !== channels || frame.bitsPerSample !== bitsPerSample) {
      this.#warnings.add(
        `the format changes at ${atSeconds(this.#next, sampleRate)} to ${frame.sampleRate} Hz, ${frame.channels} channels, ` +
          `${frame.bitsPerSample} bits: what follows was left out`,
      );
      return undefined;
    }
    // A cut-out piece of a stream keeps its numbers: count from the first frame that is there.
    this.#first ??= frame.position;
    const gap = frame.position - this.#first - this.#next;
    let silence = 0;
    if (this.#lost && gap > 0 && gap <= LONGEST_GAP_SECONDS * sampleRate) silence = gap;
    this.#lost = false;
    this.#next += silence + block.frames;
    return silence;
  }

  /** Compares what came with what the header promised. */
  finish(): void {
    const { totalFrames, sampleRate } = this.#info;
    if (totalFrames > 0 && this.#next < totalFrames) {
      this.#warnings.add(
        `the header claims ${atSeconds(totalFrames, sampleRate)}; ${atSeconds(this.#next, sampleRate)} are there: the file was cut off`,
      );
    }
  }
}
