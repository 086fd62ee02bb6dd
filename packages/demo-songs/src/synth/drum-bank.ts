import { Random } from '../random.ts';
import type { DrumName } from './drum-name.ts';
import type { DrumKit } from './drum-recipe.ts';
import { renderDrum } from './drum-voice.ts';
import type { Stereo } from './stereo.ts';

/** Takes of each drum: noise is never the same twice, or fast hats sound like a machine gun. */
const TAKES = 3;

/** Renders the hits of a kit, a few takes of each drum. */
export class DrumBank {
  readonly #kit: DrumKit;
  readonly #sampleRate: number;
  readonly #hits = new Map<string, Stereo>();

  constructor(kit: DrumKit, sampleRate: number) {
    this.#kit = kit;
    this.#sampleRate = sampleRate;
  }

  /** Samples of a hit at full velocity. @param count how many hits of the song came before: it selects the take */
  hit(drum: DrumName, count: number): Stereo {
    const recipe = this.#kit[drum];
    if (recipe === undefined) throw new RangeError(`the kit has no ${drum}`);
    const take = drum === 'kick' || drum === 'crash' ? 0 : count % TAKES;
    const name = `${drum} ${take}`;
    let samples = this.#hits.get(name);
    if (samples === undefined) {
      samples = renderDrum(recipe, this.#sampleRate, new Random(take + 1).fork(drum));
      this.#hits.set(name, samples);
    }
    return samples;
  }
}
