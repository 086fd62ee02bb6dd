import { z } from 'zod';
import { between } from '../../plans/fields.ts';
import { LONGEST_MIX_SECONDS } from '../mix-limits.ts';

/** The most effects a track may have. */
export const MOST_EFFECTS = 32;
const MOST_POINTS = 1000;
/** What the processors hold in memory: the longest echo and the longest roll, and the record under a platter. */
export const LONGEST_ECHO_SECONDS = 4;
export const LONGEST_ROLL_SECONDS = 4;
export const RECORD_SECONDS = 6;
/** 0.45 times the lowest sample rate of a mix: as far as filters go. */
const HIGHEST_HZ = 19_845;

/**
 * A number, or points that it moves between: in a straight line, that of a frequency (a name that ends in Hz) even in
 * octaves. Before the first point and after the last it holds.
 */
const curve = (minimum: number, maximum: number) =>
  z.union([
    between(minimum, maximum),
    z
      .array(z.strictObject({ at: between(-1, LONGEST_MIX_SECONDS), value: between(minimum, maximum) }))
      .min(1, 'must have at least 1 point')
      .max(MOST_POINTS, `must have at most ${MOST_POINTS} points`)
      .readonly(),
  ]);

const effect = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, parameters: Shape) =>
  z.strictObject({
    kind: z.literal(kind),
    start: between(0, LONGEST_MIX_SECONDS).describe('mix seconds; before it the sound is left exactly as it is'),
    end: between(0, LONGEST_MIX_SECONDS).describe('mix seconds; likewise after it'),
    ...parameters,
  });

const sweep = (meaning: string) => ({
  cutoffHz: curve(20, 20_000).describe(meaning),
  resonanceDb: curve(-6, 12).describe('gain at the corner; -6 for none'),
});

/** What may be done to a track, in the order of the documents. Each kind is a processor of `@tutti/dsp`. */
export const effectSchema = z.discriminatedUnion(
  'kind',
  [
    effect('low-pass', sweep('corner; at 20000 the sound is as it is')),
    effect('high-pass', sweep('corner; at 20 the sound is as it is')),
    effect('flanger', {
      delaySeconds: curve(0.0005, 0.01).describe('shortest delay'),
      sweepSeconds: curve(0, 0.01).describe('how much longer the longest is'),
      periodSeconds: curve(0.05, 120),
      spread: curve(0, 0.5).describe('by how much the right channel is ahead, in periods'),
      feedback: curve(-0.95, 0.95),
      mix: curve(0, 1),
    }),
    effect('phaser', {
      lowHz: curve(20, 11_025).describe('lowest corner'),
      highHz: curve(20, 11_025).describe('highest corner'),
      periodSeconds: curve(0.05, 120),
      spread: curve(0, 0.5).describe('by how much the right channel is ahead, in periods'),
      feedback: curve(-0.9, 0.9),
      mix: curve(0, 1),
    }),
    effect('bit-crush', {
      bits: curve(1, 24),
      rateHz: curve(100, 44_100).describe('samples taken a second'),
      mix: curve(0, 1),
    }),
    effect('gater', {
      periodSeconds: curve(0.02, 60).describe('from one opening to the next; the first one is at `start`'),
      duty: curve(0, 1).describe('share of the period in which the gate is open'),
      edgeSeconds: curve(0.001, 0.1),
      depth: curve(0, 1).describe('1 is silence while closed'),
    }),
    effect('roll', {
      seconds: curve(0.02, LONGEST_ROLL_SECONDS).describe(
        'what was heard for so long before `start` is repeated; points are steps, each a new length from there on',
      ),
    }),
    effect('platter', {
      seconds: between(0.05, 2 * RECORD_SECONDS).describe('until the record stands still; silence from there to `end`'),
    }),
    effect('backspin', {
      seconds: between(0.05, RECORD_SECONDS).describe('until the record stands still; silence from there to `end`'),
      speed: between(0.5, 4).describe('the fastest way back'),
    }),
    effect('echo', {
      seconds: curve(0.01, LONGEST_ECHO_SECONDS).describe('from a sound to its echo'),
      feedback: curve(0, 0.95),
      lowCutHz: curve(20, 2000),
      highCutHz: curve(1000, HIGHEST_HZ),
      send: curve(0, 1).describe('gain into the echo'),
      wet: curve(0, 1).describe('gain of the echoes'),
    }),
    effect('reverb', {
      decaySeconds: curve(0.2, 20).describe('in which low tones decay by 60 dB'),
      highDecay: curve(0.1, 1).describe('that of high tones, as a share of it'),
      dampingHz: curve(500, HIGHEST_HZ),
      lowCutHz: curve(20, 2000),
      send: curve(0, 1).describe('gain into the reverb'),
      wet: curve(0, 1).describe('gain of the reverb'),
    }),
  ],
  'must be one of low-pass, high-pass, flanger, phaser, bit-crush, gater, roll, platter, backspin, echo, reverb',
);

export type MixEffect = z.infer<typeof effectSchema>;
export type EffectKind = MixEffect['kind'];
export type EffectOf<Kind extends EffectKind> = Extract<MixEffect, { kind: Kind }>;

/** Whether an effect lies behind the fader, so that a fader that goes down leaves its tail. */
export function isBehindFader(kind: EffectKind): boolean {
  return kind === 'echo' || kind === 'reverb';
}

/** What two effects of one track may not have at the same time: there is one of it on a deck. */
export function organOf(kind: EffectKind): string {
  return kind === 'backspin' ? 'platter' : kind;
}
