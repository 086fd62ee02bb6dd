import {
  BitCrusher,
  Echo,
  Flanger,
  Gater,
  type Kernels,
  Phaser,
  Platter,
  Reverb,
  Roll,
  type SampleBlock,
  SweepFilter,
  type SweepFilterSettings,
} from '@tutti/dsp';
import { type Curve, courseOf, curveAt } from './effect-curve.ts';
import {
  type EffectKind,
  type EffectOf,
  LONGEST_ECHO_SECONDS,
  LONGEST_ROLL_SECONDS,
  RECORD_SECONDS,
} from './effect-schema.ts';

/** Parameters are sent on their way this often, each time to where their curve is then: they run along it in straight lines. */
export const CONTROL_FRAMES = 256;
const PHASER_STAGES = 6;
const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;

/** A moment at which parameters are sent on their way. */
export interface Moment {
  /** Mix seconds. */
  readonly now: number;
  /** When they are to arrive, `CONTROL_FRAMES` later. */
  readonly ahead: number;
  /** Frames since the effect's start; below 0 while it only listens. */
  readonly sinceStart: number;
}

/** A processor that plays effects of one kind, one after the other. */
export interface EffectPlayer<Effect> {
  /** Forgets what was heard and takes the parameters of a moment in mix seconds. */
  begin(effect: Effect, now: number): void;
  /** Sends parameters on their way, before each block. */
  follow(effect: Effect, moment: Moment): void;
  process(block: SampleBlock): void;
}

/** Every kind of effect by its name. */
export type Effects = { readonly [Kind in EffectKind]: EffectOf<Kind> };

interface Processor<Settings> {
  set(settings: Settings): void;
  reset(): void;
  process(block: SampleBlock): void;
}

/** The value of a parameter, its name saying along what course it moves. */
type ValueOf = <Name extends string>(effect: { readonly [N in Name]: Curve }, name: Name) => number;

/**
 * A processor whose settings follow curves.
 * @param unsent what is set at the beginning instead, to be reached over the first control frames
 */
function following<Effect, Settings extends object>(
  processor: Processor<Settings>,
  settings: (effect: Effect, value: ValueOf) => Settings,
  unsent: Partial<Settings> = {},
): EffectPlayer<Effect> {
  const at = (effect: Effect, seconds: number) =>
    settings(effect, (of, name) => curveAt(of[name], seconds, courseOf(name)));
  return {
    begin(effect, now) {
      processor.set({ ...at(effect, now), ...unsent });
      processor.reset();
    },
    follow(effect, { ahead }) {
      processor.set(at(effect, ahead));
    },
    process: (block) => processor.process(block),
  };
}

/** How far a filter's corner is from its open end, 0 to 1, in octaves: `SweepFilter` moves so. */
function sweepOf(cutoffHz: number, open: number, closed: number): number {
  const way = Math.log(cutoffHz / open) / Math.log(closed / open);
  return Math.min(1, Math.max(0, way));
}

function sweepFilter(
  kernels: Kernels,
  sampleRate: number,
  sweep: (cutoffHz: number) => number,
): EffectPlayer<Effects['low-pass'] | Effects['high-pass']> {
  const rampSeconds = CONTROL_FRAMES / sampleRate;
  const filter = new SweepFilter(kernels, { sampleRate, channels: 2, sweep: 0, resonanceDb: -6, rampSeconds });
  return following<Effects['low-pass'] | Effects['high-pass'], SweepFilterSettings>(filter, (effect, value) => ({
    sweep: sweep(value(effect, 'cutoffHz')),
    resonanceDb: value(effect, 'resonanceDb'),
  }));
}

function platter<Effect>(
  kernels: Kernels,
  sampleRate: number,
  move: (platter: Platter, effect: Effect) => void,
): EffectPlayer<Effect> {
  const record = new Platter(kernels, { sampleRate, channels: 2, historySeconds: RECORD_SECONDS });
  return {
    begin: () => record.reset(),
    follow(effect, { sinceStart }) {
      if (sinceStart === 0) move(record, effect);
    },
    process: (block) => record.process(block),
  };
}

/** Makes the player of a kind, in the kernels' memory. */
export const EFFECT_PLAYERS: {
  readonly [Kind in EffectKind]: (kernels: Kernels, sampleRate: number) => EffectPlayer<Effects[Kind]>;
} = {
  'low-pass'(kernels, sampleRate) {
    const open = Math.min(HIGHEST_HZ, 0.45 * sampleRate);
    return sweepFilter(kernels, sampleRate, (cutoffHz) => -sweepOf(cutoffHz, open, LOWEST_HZ));
  },
  'high-pass'(kernels, sampleRate) {
    const closed = Math.min(HIGHEST_HZ, 0.45 * sampleRate);
    return sweepFilter(kernels, sampleRate, (cutoffHz) => sweepOf(cutoffHz, LOWEST_HZ, closed));
  },
  flanger(kernels, sampleRate) {
    const settings = { delaySeconds: 0.001, sweepSeconds: 0, periodSeconds: 1, spread: 0, feedback: 0, mix: 0 };
    const options = { ...settings, sampleRate, channels: 2, rampSeconds: CONTROL_FRAMES / sampleRate };
    return following<Effects['flanger'], typeof settings>(new Flanger(kernels, options), (effect, value) => ({
      delaySeconds: value(effect, 'delaySeconds'),
      sweepSeconds: value(effect, 'sweepSeconds'),
      periodSeconds: value(effect, 'periodSeconds'),
      spread: value(effect, 'spread'),
      feedback: value(effect, 'feedback'),
      mix: value(effect, 'mix'),
    }));
  },
  phaser(kernels, sampleRate) {
    const settings = { lowHz: 200, highHz: 2000, periodSeconds: 1, spread: 0, feedback: 0, mix: 0 };
    const rampSeconds = CONTROL_FRAMES / sampleRate;
    const options = { ...settings, sampleRate, channels: 2, stages: PHASER_STAGES, rampSeconds };
    return following<Effects['phaser'], typeof settings>(new Phaser(kernels, options), (effect, value) => ({
      lowHz: value(effect, 'lowHz'),
      highHz: value(effect, 'highHz'),
      periodSeconds: value(effect, 'periodSeconds'),
      spread: value(effect, 'spread'),
      feedback: value(effect, 'feedback'),
      mix: value(effect, 'mix'),
    }));
  },
  'bit-crush'(kernels, sampleRate) {
    const settings = { bits: 24, rateHz: sampleRate, mix: 0 };
    const options = { ...settings, sampleRate, channels: 2, rampSeconds: CONTROL_FRAMES / sampleRate };
    return following<Effects['bit-crush'], typeof settings>(new BitCrusher(kernels, options), (effect, value) => ({
      bits: value(effect, 'bits'),
      rateHz: value(effect, 'rateHz'),
      mix: value(effect, 'mix'),
    }));
  },
  gater(kernels, sampleRate) {
    const settings = { periodSeconds: 1, duty: 1, edgeSeconds: 0.01, depth: 0 };
    const options = { ...settings, sampleRate, channels: 2, rampSeconds: CONTROL_FRAMES / sampleRate };
    return following<Effects['gater'], typeof settings>(new Gater(kernels, options), (effect, value) => ({
      periodSeconds: value(effect, 'periodSeconds'),
      duty: value(effect, 'duty'),
      edgeSeconds: value(effect, 'edgeSeconds'),
      depth: value(effect, 'depth'),
    }));
  },
  roll(kernels, sampleRate) {
    const roll = new Roll(kernels, { sampleRate, channels: 2, maximumSeconds: LONGEST_ROLL_SECONDS });
    // A length counts from the frame nearest to its point.
    const halfFrame = 0.5 / sampleRate;
    return {
      begin: () => roll.reset(),
      follow({ seconds }, { now, sinceStart }) {
        if (sinceStart >= 0) roll.set({ lengthSeconds: curveAt(seconds, now + halfFrame, 'steps') });
      },
      process: (block) => roll.process(block),
    };
  },
  platter: (kernels, sampleRate) => platter(kernels, sampleRate, (record, { seconds }) => record.stop({ seconds })),
  backspin: (kernels, sampleRate) =>
    platter(kernels, sampleRate, (record, { seconds, speed }) => record.spin({ seconds, speed })),
  echo(kernels, sampleRate) {
    const settings = { timeSeconds: 0.5, feedback: 0, lowCutHz: 20, highCutHz: 1000, send: 0, wet: 0, dry: 1 };
    const rampSeconds = CONTROL_FRAMES / sampleRate;
    const options = { ...settings, sampleRate, channels: 2, maximumSeconds: LONGEST_ECHO_SECONDS, rampSeconds };
    const valuesOf = (effect: Effects['echo'], value: ValueOf) => ({
      timeSeconds: value(effect, 'seconds'),
      feedback: value(effect, 'feedback'),
      lowCutHz: value(effect, 'lowCutHz'),
      highCutHz: value(effect, 'highCutHz'),
      send: value(effect, 'send'),
      wet: value(effect, 'wet'),
      dry: 1,
    });
    return following<Effects['echo'], typeof settings>(new Echo(kernels, options), valuesOf, { send: 0 });
  },
  reverb(kernels, sampleRate) {
    const settings = {
      ...{ decaySeconds: 1, highDecay: 1, dampingHz: 5000, lowCutHz: 20 },
      ...{ send: 0, wet: 0, dry: 1 },
    };
    const options = { ...settings, sampleRate, channels: 2, rampSeconds: CONTROL_FRAMES / sampleRate };
    const valuesOf = (effect: Effects['reverb'], value: ValueOf) => ({
      decaySeconds: value(effect, 'decaySeconds'),
      highDecay: value(effect, 'highDecay'),
      dampingHz: value(effect, 'dampingHz'),
      lowCutHz: value(effect, 'lowCutHz'),
      send: value(effect, 'send'),
      wet: value(effect, 'wet'),
      dry: 1,
    });
    return following<Effects['reverb'], typeof settings>(new Reverb(kernels, options), valuesOf, { send: 0 });
  },
};
