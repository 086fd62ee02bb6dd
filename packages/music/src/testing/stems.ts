import { type Clip, Kernels } from '@tutti/dsp';
import { type HeardStem, hearStem } from '../balancing/listen/hear-stem.ts';
import { planStems } from '../balancing/plan/plan-stems.ts';
import type { StemToMix } from '../balancing/plan/stem-to-mix.ts';
import type { BalancePlan, PlannedStem } from '../balancing/plan-schema.ts';
import type { RenderBalanceOptions } from '../balancing/render/render-balance.ts';
import { renderBalance } from '../balancing/render/render-balance.ts';
import type { TrackSource } from '../sources/track-source.ts';
import { whiteNoise } from './listening-signals.ts';
import { sourceOf } from './mix-rendering.ts';

export const stemKernels = new Kernels();

type StemName = 'drums' | 'bass' | 'chords' | 'voice' | 'pad' | 'hiss';

/** A part of a song at 120 BPM, in stereo unless told. Deterministic. */
export function stem(
  name: StemName,
  {
    seconds = 6,
    sampleRate = 44_100,
    gainDb = 0,
    channels = 2,
  }: Partial<Record<'seconds' | 'sampleRate' | 'gainDb' | 'channels', number>> = {},
): Clip {
  const frames = Math.round(seconds * sampleRate);
  const noise = whiteNoise(frames, 5);
  const gain = 10 ** (gainDb / 20);
  const samples = Float32Array.from({ length: frames }, (_, i) => gain * SOUNDS[name](i / sampleRate, noise[i]!));
  return { sampleRate, channels: Array.from({ length: channels }, () => samples) };
}

const tone = (time: number, hertz: number, partials = 1) => {
  let sum = 0;
  for (let k = 1; k <= partials; k++) sum += Math.sin(2 * Math.PI * hertz * k * time) / k;
  return sum;
};

const SOUNDS: Readonly<Record<StemName, (time: number, noise: number) => number>> = {
  drums: (time, noise) => {
    const beat = (time * 2) % 1;
    const kick = Math.exp(-beat * 14) * Math.sin(30 * (1 - Math.exp(-beat * 12)) + 160 * beat);
    const snare = Math.floor(time * 2) % 2 === 1 ? Math.exp(-beat * 12) * noise : 0;
    const hat = Math.exp(-((time * 4) % 1) * 30) * noise;
    return 0.5 * kick + 0.25 * snare + 0.12 * hat;
  },
  bass: (time) => {
    const step = (time * 4) % 1;
    return (
      0.3 *
      Math.exp(-step * 1.5) *
      Math.min(1, step * 60) *
      tone(time, 55 * [1, 1, 4 / 3, 3 / 2][Math.floor(time) % 4]!, 3)
    );
  },
  chords: (time) => {
    const step = (time * 2) % 1;
    const root = [261.6, 261.6, 349.2, 392][Math.floor(time) % 4]!;
    const chord = tone(time, root, 8) + tone(time, root * 1.2599, 8) + tone(time, root * 1.4983, 8);
    return 0.08 * Math.exp(-step * 4) * Math.min(1, step * 200) * chord;
  },
  voice: (time) => {
    const phrase = (time * 0.8) % 1;
    const glide = 1.2 * Math.sin(2 * Math.PI * 0.8 * time) + 0.5 * Math.sin(2 * Math.PI * 5.5 * time);
    const phase = 2 * Math.PI * 260 * time + (260 / 5.5) * 0.03 * glide * 5;
    let sum = 0;
    for (let k = 1; k <= 14; k++) sum += Math.sin(k * phase) / (1 + Math.abs(k * 260 - 800) / 500);
    return 0.12 * Math.sin(Math.PI * Math.min(1, phrase * 1.3)) ** 2 * sum;
  },
  pad: (time) => 0.06 * (tone(time, 220, 5) + tone(time, 277.2, 5) + tone(time, 329.6, 5)),
  hiss: (_, noise) => 0.1 * noise,
};

export type Band = Readonly<Record<string, Clip>>;

/** Hears stems, as files of these names. */
export async function heardStems(clips: Band): Promise<StemToMix[]> {
  const heard: StemToMix[] = [];
  for (const [name, clip] of Object.entries(clips)) heard.push(toMix(name, clip, await hear(name, clip)));
  return heard;
}

export function hear(name: string, clip: Clip): Promise<HeardStem> {
  return hearStem(sourceOf(clip), stemKernels, { name });
}

function toMix(name: string, { sampleRate, channels }: Clip, heard: HeardStem): StemToMix {
  const source = {
    ...{ path: `/stems/${name}.wav`, audioHash: name, sampleRate, channels: channels.length },
    seconds: heard.frames / sampleRate,
  };
  return { heard, source };
}

/** Plans stems up to the bus. */
export async function plannedStems(clips: Band): Promise<BalancePlan> {
  const options = { target: { loudnessLufs: -18, ceilingDb: -1 }, output: PLAIN_OUTPUT };
  return planStems(await heardStems(clips), options).plan;
}

export const PLAIN_OUTPUT = { sampleFormat: 'float32', dither: 'none' } as const;

/** A plan that adds clips up as they are. */
export function plainPlan(clips: Band, changes: (name: string) => Partial<PlannedStem> = () => ({})): BalancePlan {
  const reason = 'because the test says so';
  const seconds = (clip: Clip) => clip.channels[0]!.length / clip.sampleRate;
  return {
    schema: 'tutti.balance-plan/1',
    seconds: Math.max(...Object.values(clips).map(seconds)),
    stems: Object.entries(clips).map(([name, clip]) => ({
      name,
      source: {
        ...{ path: `/stems/${name}.wav`, audioHash: name, sampleRate: clip.sampleRate },
        ...{ channels: clip.channels.length, seconds: seconds(clip) },
      },
      recognised: { kind: 'other', confidence: null, bySound: null, byName: null, followed: 'neither', reason },
      measured: { integratedLufs: null, momentaryMaxLufs: null, truePeakDb: null, crestDb: null },
      startSeconds: 0,
      muted: false,
      stages: [],
      gain: { gainDb: 0, reason },
      pan: { position: 0, reason },
      send: { levelDb: null, reason },
      expectedLu: null,
      ...changes(name),
    })),
    room: null,
    bus: { stages: [] },
    target: { loudnessLufs: -18, ceilingDb: -1 },
    output: { sampleRate: Math.max(...Object.values(clips).map(({ sampleRate }) => sampleRate)), ...PLAIN_OUTPUT },
    reference: null,
    expected: { integratedLufs: null, truePeakDb: null },
    warnings: [],
  };
}

/** Renders a plan of clips to left and right. */
export async function renderedBalance(
  plan: BalancePlan,
  clips: Band,
  options: RenderBalanceOptions = {},
  open: (clip: Clip, index: number) => TrackSource = (clip) => sourceOf(clip),
): Promise<[Float32Array, Float32Array]> {
  const frames = Math.round(plan.seconds * plan.output.sampleRate);
  const out: [Float32Array, Float32Array] = [new Float32Array(frames), new Float32Array(frames)];
  const sources = Object.values(clips);
  let at = 0;
  for await (const block of renderBalance(plan, async (i) => open(sources[i]!, i), stemKernels, options)) {
    block.read(out, at);
    at += block.frames;
  }
  if (at !== frames) throw new Error(`${at} frames were rendered, and ${frames} planned`);
  return out;
}
