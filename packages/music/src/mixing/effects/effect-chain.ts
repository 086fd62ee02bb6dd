import { applyGain, type Kernels, mixInto, SampleBlock } from '@tutti/dsp';
import type { MixPlanTrack } from '../plan-schema.ts';
import { CONTROL_FRAMES, EFFECT_PLAYERS, type EffectPlayer, type Effects, type Moment } from './effect-players.ts';
import { type EffectKind, isBehindFader, type MixEffect } from './effect-schema.ts';
import { type EffectSpan, effectShare, effectSpan } from './effect-span.ts';

/** A player while it plays one effect. */
interface Run {
  follow(moment: Moment): void;
  process(block: SampleBlock): void;
  /** Gives the player back. */
  end(): void;
}

interface PlannedEffect {
  readonly effect: MixEffect;
  readonly span: EffectSpan;
  run: Run | undefined;
}

type Idle = { readonly [Kind in EffectKind]: EffectPlayer<Effects[Kind]>[] };

/**
 * The effects of one deck, in the order of the plan. A processor is made when an effect is first used and kept for the next
 * one of its kind: as many as run at once.
 */
export class EffectChain {
  readonly #kernels: Kernels;
  readonly #rate: number;
  readonly #frames: number;
  readonly #idle: Idle = {
    ...{ 'low-pass': [], 'high-pass': [], flanger: [], phaser: [], 'bit-crush': [], gater: [] },
    ...{ roll: [], platter: [], backspin: [], echo: [], reverb: [] },
  };
  /** What an effect makes of a segment, where not all of it is heard. */
  #scratch: SampleBlock | undefined;
  #planned: readonly PlannedEffect[] = [];

  /** @param segmentFrames of the longest segment */
  constructor(kernels: Kernels, sampleRate: number, segmentFrames: number) {
    this.#kernels = kernels;
    this.#rate = sampleRate;
    this.#frames = segmentFrames;
  }

  load(track: MixPlanTrack): void {
    this.clear();
    this.#planned = track.effects.map((effect) => {
      return { effect, span: effectSpan(effect, track, this.#rate), run: undefined };
    });
  }

  /** Gives all processors back. */
  clear(): void {
    for (const { run } of this.#planned) run?.end();
    this.#planned = [];
  }

  /** Plays the effects in front of the fader, or those behind it, on a segment that begins at frame `from` of the mix. */
  play(segment: SampleBlock, from: number, behindFader: boolean): void {
    for (const planned of this.#planned) {
      if (from >= planned.span.end) {
        planned.run?.end();
        planned.run = undefined;
      } else if (from >= planned.span.listen && isBehindFader(planned.effect.kind) === behindFader) {
        this.#playOne(planned, segment, from);
      }
    }
  }

  #playOne(planned: PlannedEffect, segment: SampleBlock, from: number): void {
    const { effect, span } = planned;
    const now = from / this.#rate;
    planned.run ??= this.#begin(effect.kind, effect, now);
    planned.run.follow({ now, ahead: (from + CONTROL_FRAMES) / this.#rate, sinceStart: from - span.start });
    const shares = [effectShare(span, from), effectShare(span, from + segment.frames)] as const;
    if (shares[0] === 1 && shares[1] === 1) {
      planned.run.process(segment);
      return;
    }
    this.#scratch ??= new SampleBlock(this.#kernels, 2, this.#frames);
    const wet = this.#scratch;
    wet.write([segment.channel(0), segment.channel(1)], 0, segment.frames);
    planned.run.process(wet);
    if (shares[0] === 0 && shares[1] === 0) return;
    applyGain(segment, 1 - shares[0], 1 - shares[1]);
    mixInto(segment, wet, shares[0], shares[1]);
  }

  #begin<Kind extends EffectKind>(kind: Kind, effect: Effects[Kind], now: number): Run {
    const idle = this.#idle[kind];
    const player = idle.pop() ?? EFFECT_PLAYERS[kind](this.#kernels, this.#rate);
    player.begin(effect, now);
    return {
      follow: (moment) => player.follow(effect, moment),
      process: (block) => player.process(block),
      end: () => idle.push(player),
    };
  }
}
