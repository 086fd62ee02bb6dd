import { type Key, tonicOf } from '@tutti/music/theory';
import { Random } from '../random.ts';
import type { DrumName } from './drum-name.ts';
import type { DrumKit, DrumRecipe } from './drum-recipe.ts';
import { renderDrum } from './drum-voice.ts';
import type { Stereo } from './stereo.ts';

/** Takes of each drum: noise is never the same twice, or fast hats sound like a machine gun. */
const TAKES = 3;

/** Renders the hits of a kit, a few takes of each drum. */
export class DrumBank {
  readonly #kit: DrumKit;
  readonly #sampleRate: number;
  readonly #hits = new Map<string, Stereo>();

  /** @param key the kick is tuned to its tonic or fifth, whichever is nearer, so that it does not fight the bass */
  constructor(kit: DrumKit, key: Key, tuningHz: number, sampleRate: number) {
    this.#kit = kit.kick === undefined ? kit : { ...kit, kick: tuneKick(kit.kick, key, tuningHz) };
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

function tuneKick(kick: DrumRecipe, key: Key, tuningHz: number): DrumRecipe {
  const restHz = kick.tones?.[0]?.toHz;
  if (restHz === undefined) return kick;
  const pitch = 69 + 12 * Math.log2(restHz / tuningHz);
  const shifts = [tonicOf(key), tonicOf(key) + 7].map((target) => {
    const semitones = target - pitch;
    return semitones - 12 * Math.round(semitones / 12);
  });
  const shift = Math.abs(shifts[0]!) <= Math.abs(shifts[1]!) ? shifts[0]! : shifts[1]!;
  const ratio = 2 ** (shift / 12);
  return { ...kick, tones: kick.tones!.map((tone) => ({ ...tone, toHz: tone.toHz * ratio })) };
}
