import type { Stereo } from '../synth/stereo.ts';

/** A stretch of frames, `to` not included. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** Block in which a track keeps account of where it sounds; longer than any chorus delay. */
const BLOCK_SECONDS = 0.09;

/**
 * A stem while it is made: two channels as long as the song, and which blocks of them were written to. Most parts are
 * silent for much of a song; effects and sums skip those blocks.
 */
export class Track {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly blockFrames: number;
  readonly #isOccupied: Uint8Array;

  constructor(frames: number, sampleRate: number) {
    this.left = new Float32Array(frames);
    this.right = new Float32Array(frames);
    this.blockFrames = Math.ceil(BLOCK_SECONDS * sampleRate);
    this.#isOccupied = new Uint8Array(Math.ceil(frames / this.blockFrames));
  }

  /** Adds a sound times `gain` from frame `at` on; what lies past the end is left out. */
  paint(sound: Stereo, at: number, gain: number): void {
    const to = Math.min(this.left.length, at + sound.left.length);
    if (to <= at) return;
    add(this.left, sound.left, at, to, gain);
    add(this.right, sound.right, at, to, gain);
    this.occupy(at, to);
  }

  /** Marks frames as written to, and the block after them, so that short effects ring out. */
  occupy(from: number, to: number): void {
    this.#isOccupied.fill(1, Math.floor(from / this.blockFrames), Math.ceil(to / this.blockFrames) + 1);
  }

  /** Lengthens every run, for an effect that rings on. */
  extend(seconds: number, sampleRate: number): void {
    for (const { to } of this.runs()) this.occupy(to - 1, to + Math.round(seconds * sampleRate));
  }

  /** Where the track sounds: runs of occupied blocks, in order. */
  runs(): Run[] {
    const runs: Run[] = [];
    const occupied = this.#isOccupied;
    for (let block = 0; block < occupied.length; block++) {
      if (occupied[block] === 0) continue;
      const first = block;
      while (occupied[block + 1] === 1) block++;
      const to = Math.min(this.left.length, (block + 1) * this.blockFrames);
      runs.push({ from: first * this.blockFrames, to });
    }
    return runs;
  }

  /** Silences the track for the next use. */
  clear(): void {
    for (const { from, to } of this.runs()) {
      this.left.fill(0, from, to);
      this.right.fill(0, from, to);
    }
    this.#isOccupied.fill(0);
  }
}

function add(destination: Float32Array, source: Float32Array, from: number, to: number, gain: number): void {
  const frames = to - from;
  const view = destination.subarray(from, to);
  for (let i = 0; i < frames; i++) view[i]! += gain * source[i]!;
}
