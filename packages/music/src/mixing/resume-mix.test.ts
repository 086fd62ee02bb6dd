import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clickTrack } from '../testing/click-track.ts';
import { rendered, SourceLog, sameBits, sourceOf } from '../testing/mix-rendering.ts';
import type { MixEffect } from './effects/effect-schema.ts';
import { planMix } from './plan-mix.ts';
import type { MixPlan } from './plan-schema.ts';
import { type MixKeeper, renderMix } from './render-mix.ts';

const RATE = 44_100;
const clicks = [124, 127, 122].map((bpm, index) =>
  clickTrack({
    bpm,
    seconds: 16,
    side: (index % 2) as 0 | 1,
    title: `${index}`,
    ...(index === 1 && { sampleRate: 48_000 }),
  }),
);

/** Everything that has a state: stretches, bands, a key shift, effects with tails, and a limiter that works. */
function richPlan(): MixPlan {
  const plan = planMix(
    clicks.map(({ track }) => track),
    { targetLufs: -8 },
  );
  return {
    ...plan,
    tracks: plan.tracks.map((track, index) => {
      const span = { start: track.start + 4, end: track.end };
      const effects: MixEffect[] = [
        {
          ...{ kind: 'flanger', ...span, delaySeconds: 0.001, sweepSeconds: 0.003 },
          ...{ periodSeconds: 3, spread: 0.2, feedback: 0.6, mix: 0.5 },
        },
        {
          ...{ kind: 'reverb', ...span, decaySeconds: 4, highDecay: 0.6, dampingHz: 6000, lowCutHz: 100 },
          ...{ send: 0.6, wet: 0.7 },
        },
      ];
      return { ...track, gainDb: 12, keyShift: index === 2 ? 0.7 : 0, effects };
    }),
  };
}

/** Keeps a mix in memory, as a journal does, and gives back a part of it. */
class Memory implements MixKeeper {
  readonly #pieces: { channels: Float32Array[]; frames: number }[] = [];
  #given = 0;

  /** @param given frames of an earlier render's that are given back */
  constructor(earlier?: Memory, given = 0) {
    let frames = 0;
    for (const piece of earlier?.pieces ?? []) {
      if (frames + piece.frames > given) break;
      frames += piece.frames;
      this.#pieces.push(piece);
    }
    this.#given = this.#pieces.length;
  }

  get pieces() {
    return this.#pieces;
  }

  get frames(): number {
    return this.#pieces.reduce((sum, { frames }) => sum + frames, 0);
  }

  async *kept() {
    yield* this.#pieces.slice(0, this.#given);
  }

  async keep(channels: readonly Float32Array[], frames: number): Promise<void> {
    this.#pieces.push({ channels: channels.map((samples) => samples.slice(0, frames)), frames });
  }
}

describe('a render that goes on', () => {
  it('gives the same bits from any point on, and keeps what follows', async () => {
    const plan = richPlan();
    const reference = new Memory();
    const whole = await rendered(plan, clicks, { keeper: reference });
    expect(sameBits(await rendered(plan, clicks), whole)).toBe(true);
    expect(whole[0].some((value) => Math.abs(value) > 0.85)).toBe(true);
    const middle = (index: number) => (plan.transitions[index]!.start + plan.transitions[index]!.end) / 2;
    for (const seconds of [0.6, 5.77, middle(0), plan.tracks[0]!.end, middle(1) + 0.1, plan.seconds]) {
      const keeper = new Memory(reference, Math.round(seconds * RATE));
      expect(sameBits(await rendered(plan, clicks, { keeper }), whole)).toBe(true);
      expect(keeper.frames).toBe(reference.frames);
    }
  });

  it('opens no track that has ended by then', async () => {
    const plan = richPlan();
    const reference = new Memory();
    await rendered(plan, clicks, { keeper: reference });
    const log = new SourceLog();
    const open = async (index: number) => sourceOf(clicks[index]!, log, index);
    const keeper = new Memory(reference, Math.round((plan.tracks[0]!.end + 0.5) * RATE));
    for await (const block of renderMix(plan, open, new Kernels(), { keeper })) expect(block.frames).toBeGreaterThan(0);
    expect(log.opened).toEqual([1, 2]);
    expect(log.closed.toSorted()).toEqual([1, 2]);
  });
});
