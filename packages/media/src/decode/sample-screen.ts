import { type SampleBlock, screenBlock } from '@tutti/dsp';
import { MediaError } from '../errors.ts';
import { atSeconds, type Warnings } from '../warnings.ts';

/** Takes out what is no sound (NaN, infinities, absurd values) and keeps count of it. */
export class SampleScreen {
  readonly #limit: number;
  readonly #sampleRate: number;
  #frames = 0;
  #samples = 0;
  #replaced = 0;
  #firstAt = 0;

  /** @param limit largest magnitude that is believed */
  constructor(limit: number, sampleRate: number) {
    this.#limit = limit;
    this.#sampleRate = sampleRate;
  }

  /** Replaces by 0 what must not be believed. */
  check(block: SampleBlock): void {
    const replaced = screenBlock(block, this.#limit);
    if (replaced > 0 && this.#replaced === 0) this.#firstAt = this.#frames;
    this.#replaced += replaced;
    this.#frames += block.frames;
    this.#samples += block.frames * block.channelCount;
  }

  /** @throws MediaError 'corrupt' when not one sample was good */
  finish(name: string, warnings: Warnings): void {
    if (this.#replaced === 0) return;
    const what = `no numbers or beyond ±${this.#limit}`;
    if (this.#replaced === this.#samples) {
      throw new MediaError('corrupt', `${name}: all its ${this.#samples} samples are ${what}`, { path: name });
    }
    warnings.add(
      `${this.#replaced} samples are ${what}, the first at ${atSeconds(this.#firstAt, this.#sampleRate)}: taken as 0`,
    );
  }
}
