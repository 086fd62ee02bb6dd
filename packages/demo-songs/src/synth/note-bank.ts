import { Random } from '../random.ts';
import { renderFm } from './fm.ts';
import type { Patch } from './patch.ts';
import { type Stereo, trimmed } from './stereo.ts';
import { renderString } from './string.ts';
import { renderSubtractive } from './subtractive.ts';

/** Lengths are rounded to this, so that notes which differ a little (swing, drift) are rendered once. */
const LENGTH_STEP_SECONDS = 0.01;
/** Loud notes are brighter, in this many steps. */
const BRIGHTNESS_STEPS = 3;

/** Renders the notes and chords of one patch; equal ones once. */
export class NoteBank {
  readonly #patch: Patch;
  readonly #tuningHz: number;
  readonly #sampleRate: number;
  readonly #sounds = new Map<string, Stereo>();

  constructor(patch: Patch, tuningHz: number, sampleRate: number) {
    this.#patch = patch;
    this.#tuningHz = tuningHz;
    this.#sampleRate = sampleRate;
  }

  /** Samples of notes that start together, with their release; the caller scales them by the velocity. */
  chord(midis: readonly number[], seconds: number, velocity: number): Stereo {
    const steps = Math.max(1, Math.round(seconds / LENGTH_STEP_SECONDS));
    const brightness = Math.max(1, Math.round(velocity * BRIGHTNESS_STEPS)) / BRIGHTNESS_STEPS;
    const name = `${midis.join(' ')} for ${steps} at ${brightness}`;
    let sound = this.#sounds.get(name);
    if (sound === undefined) {
      sound = trimmed(this.#render(midis, steps * LENGTH_STEP_SECONDS, brightness), 60, 0.004, this.#sampleRate);
      this.#sounds.set(name, sound);
    }
    return sound;
  }

  #render(midis: readonly number[], seconds: number, brightness: number): Stereo {
    const patch = this.#patch;
    const sampleRate = this.#sampleRate;
    const frequencies = midis.map((midi) => this.#tuningHz * 2 ** ((midi - 69) / 12));
    const random = new Random(midis[0]!).fork(patch.kind);
    switch (patch.kind) {
      case 'subtractive':
        return renderSubtractive(patch, frequencies, seconds, brightness, sampleRate, random);
      case 'fm':
        return renderFm(patch, frequencies, seconds, brightness, sampleRate);
      case 'string':
        return renderString(patch, frequencies, seconds, brightness, sampleRate, random);
    }
  }
}
