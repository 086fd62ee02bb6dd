import { Random } from '../random.ts';
import { renderFm } from './fm.ts';
import type { Patch } from './patch.ts';
import type { Stereo } from './stereo.ts';
import { renderString } from './string.ts';
import { renderSubtractive } from './subtractive.ts';

/** Lengths are rounded to this, so that notes which differ by a few samples (swing, drift) are rendered once. */
const LENGTH_STEP_SECONDS = 0.005;
/** Loud notes are brighter, in this many steps. */
const BRIGHTNESS_STEPS = 4;

/** Renders the notes of one patch; equal notes once. */
export class NoteBank {
  readonly #patch: Patch;
  readonly #tuningHz: number;
  readonly #sampleRate: number;
  readonly #notes = new Map<string, Stereo>();

  constructor(patch: Patch, tuningHz: number, sampleRate: number) {
    this.#patch = patch;
    this.#tuningHz = tuningHz;
    this.#sampleRate = sampleRate;
  }

  /** Samples of a note with its release; the caller scales them by the velocity. */
  note(midi: number, seconds: number, velocity: number): Stereo {
    const steps = Math.max(1, Math.round(seconds / LENGTH_STEP_SECONDS));
    const brightness = Math.max(1, Math.round(velocity * BRIGHTNESS_STEPS)) / BRIGHTNESS_STEPS;
    const name = `${midi} ${steps} ${brightness}`;
    let samples = this.#notes.get(name);
    if (samples === undefined) {
      samples = this.#render(midi, steps * LENGTH_STEP_SECONDS, brightness);
      this.#notes.set(name, samples);
    }
    return samples;
  }

  #render(midi: number, seconds: number, brightness: number): Stereo {
    const patch = this.#patch;
    const frequencyHz = this.#tuningHz * 2 ** ((midi - 69) / 12);
    const random = new Random(midi).fork(patch.kind);
    switch (patch.kind) {
      case 'subtractive':
        return renderSubtractive(patch, frequencyHz, seconds, brightness, this.#sampleRate, random);
      case 'fm':
        return renderFm(patch, frequencyHz, seconds, brightness, this.#sampleRate);
      case 'string':
        return renderString(patch, frequencyHz, seconds, brightness, this.#sampleRate, random);
    }
  }
}
