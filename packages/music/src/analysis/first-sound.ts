import { SILENT_AMPLITUDE } from './silence.ts';

/** A sound is as loud as it gets within so much of its start: what swells for longer has no start to be told. */
const ATTACK_SECONDS = 0.05;
/** Noise that lasts longer than this is sound. */
const LONGEST_NOISE_SECONDS = 60;
/** The mean of the channels is what is listened to. Where they cancel, they count by this share: -120 dB. */
const CANCELLED = 1e-6;
/** Samples are not expected to be larger. */
const FULL_SCALE = 1;
/** So many frames are looked at whether there is need or not. */
const SLICE_FRAMES = 1024;

/** The first sample of a stream that was at least so large. */
interface Peak {
  readonly frame: number;
  readonly size: number;
}

/**
 * Finds where a sound begins, to the sample, while it comes in: behind silence, and behind noise that is 60 dB quieter than
 * the peak of what follows within 50 ms. The level of the sound does not matter, nor how it is cut into blocks.
 * Where noise is followed by an attack, the place is known when the attack is there: until then, the noise is the sound.
 */
export class FirstSound {
  /** So much of what came last is needed to hear a sound from its first sample on, once its place is told. */
  readonly attackFrames: number;
  readonly #longestFrames: number;
  /** What is larger than all before it, as far as it is not silence beside the largest of all. Ascending. */
  #peaks: Peak[] = [];
  #frames = 0;
  #place: number | null = null;

  /** @param sampleRate Hz */
  constructor(sampleRate: number) {
    this.attackFrames = Math.round(ATTACK_SECONDS * sampleRate);
    this.#longestFrames = LONGEST_NOISE_SECONDS * sampleRate;
  }

  /** Frame of the stream at which the sound begins, by what was heard up to now; null where all was silence. */
  get place(): number | null {
    return this.#place;
  }

  /** Whether what was heard of the sound is enough to tell its place, unless all of it is noise, or it is no sound at all. */
  get isTold(): boolean {
    const isSound = this.#peaks[0]?.size !== Number.POSITIVE_INFINITY;
    return this.#place !== null && (this.#frames - this.#place >= this.attackFrames || !isSound);
  }

  /** Whether nothing that follows can move the place; the rest is not looked at then. */
  get isSettled(): boolean {
    if (this.#place !== null && this.#frames - this.#place >= this.#longestFrames) return true;
    const loud = this.#peaks.find(({ size }) => size >= SILENT_AMPLITUDE * FULL_SCALE);
    return loud !== undefined && this.#frames - loud.frame >= this.attackFrames;
  }

  /** Takes the next samples. @param frames how many of each channel */
  look(channels: readonly Float32Array[], frames: number): void {
    for (let i = 0; i < frames; i++) {
      if (i % SLICE_FRAMES === 0 && this.isSettled) return;
      const size = sizeAt(channels, i);
      if (size > (this.#peaks.at(-1)?.size ?? 0)) this.#grow({ frame: this.#frames, size });
      this.#frames += 1;
    }
  }

  /** Forgets all samples. */
  reset(): void {
    this.#peaks = [];
    this.#frames = 0;
    this.#place = null;
  }

  #grow(peak: Peak): void {
    this.#peaks.push(peak);
    const heard = this.#peaks.findIndex(({ size }) => size >= SILENT_AMPLITUDE * peak.size);
    this.#peaks.splice(0, heard);
    const first = this.#peaks[0]!;
    if (peak.frame - first.frame < this.attackFrames) this.#place = first.frame;
  }
}

/** What is not a number is larger than any: whoever measures it refuses it. */
function sizeAt(channels: readonly Float32Array[], frame: number): number {
  let sum = 0;
  let largest = 0;
  for (const samples of channels) {
    const sample = samples[frame]!;
    sum += sample;
    largest = Math.max(largest, Math.abs(sample));
  }
  const size = Math.max(Math.abs(sum) / channels.length, CANCELLED * largest);
  return Number.isNaN(size) ? Number.POSITIVE_INFINITY : size;
}
