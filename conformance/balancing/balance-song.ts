import type { Clip, Kernels } from '@tutti/dsp';
import {
  BalanceMeter,
  type BalancePlan,
  hearStem,
  planStems,
  referenceMix,
  renderBalance,
  type StemModel,
  type StemToMix,
  withBus,
} from '@tutti/music/balancing';
import { clipSource, MixdownListener, measureSource } from '@tutti/music/mastering';
import type { KnownSong } from './known-stems.ts';
import { type JudgedMix, measureClip, shareDistance, spectrumDistance, spectrumOf } from './mix-distance.ts';

interface Distance {
  /** LU */
  readonly shares: number;
  /** dB */
  readonly spectrum: number;
}

export interface BalancedSong {
  readonly name: string;
  readonly seed: number;
  readonly plain: Distance;
  readonly equal: Distance;
  readonly ours: Distance;
  readonly kinds: number;
  /** Stems whose kind was told wrong, and what they were taken for. */
  readonly wrong: readonly string[];
}

export interface BalanceSongOptions {
  /** Stems are told by their sound alone. */
  readonly hideNames: boolean;
  /** The real mix is the reference. */
  readonly reference: boolean;
  /** Tells kinds; the one in use when absent. */
  readonly model?: StemModel | undefined;
}

/** Gains are scrambled by up to so much up or down, dB. */
const SCRAMBLE_DB = 12;

/** Scrambles the levels of a song's stems with a seed, balances them, and judges the mix beside the real one. */
export async function balanceSong(
  kernels: Kernels,
  song: KnownSong,
  seed: number,
  { hideNames, reference, model }: BalanceSongOptions,
): Promise<BalancedSong> {
  const random = generator(seed);
  const scrambled = song.stems.map(({ clip }) => gained(clip, SCRAMBLE_DB * (2 * random() - 1)));
  const stems: StemToMix[] = [];
  for (const [index, clip] of scrambled.entries()) {
    const name = hideNames ? `track ${index + 1}` : song.stems[index]!.name;
    const heard = await hearStem(clipSource(clip), kernels, { name, model });
    const source = {
      ...{ path: `/${name}`, audioHash: `${index}`, sampleRate: clip.sampleRate, channels: clip.channels.length },
      seconds: heard.frames / clip.sampleRate,
    };
    stems.push({ heard, source });
  }
  const wanted = reference ? referenceMix('the mix', await measureSource(clipSource(song.mix), kernels)) : undefined;
  const { plan: planned } = planStems(stems, {
    target: { loudnessLufs: -16, ceilingDb: -1 },
    output: { sampleFormat: 'float32', dither: 'none' },
    reference: wanted,
  });
  const sum = await measured(kernels, planned, scrambled);
  const plan = withBus(planned, sum.song, kernels, wanted);
  const rendered = await measured(kernels, plan, scrambled);

  const own = song.stems.map(({ clip }) => measureClip(kernels, clip).lufs);
  const real: JudgedMix = { stems: own, ...spectrumOf(measureClip(kernels, song.mix).bands) };
  const before = scrambled.map((clip) => measureClip(kernels, clip).lufs);
  const equal = scrambled.map((clip, i) => gained(clip, -23 - before[i]!));
  const judge = (mix: JudgedMix): Distance => ({
    shares: shareDistance(mix, real),
    spectrum: spectrumDistance(mix, real),
  });
  const wrong = plan.stems.flatMap(({ name, recognised }, i) =>
    recognised.kind === song.stems[i]!.kind ? [] : [`${name} ${recognised.kind}`],
  );
  return {
    ...{ name: song.name, seed, kinds: plan.stems.length, wrong },
    plain: judge({ stems: before, ...spectrumOf(measureClip(kernels, added(scrambled)).bands) }),
    equal: judge({ stems: equal.map(() => -23), ...spectrumOf(measureClip(kernels, added(equal)).bands) }),
    ours: judge({ stems: rendered.stems, ...spectrumOf(rendered.song.bands) }),
  };
}

async function measured(kernels: Kernels, plan: BalancePlan, clips: readonly Clip[]) {
  const mark = kernels.mark();
  const listener = new MixdownListener(kernels, { sampleRate: plan.output.sampleRate, channels: 2 });
  const meter = new BalanceMeter(kernels, plan);
  const open = async (index: number) => clipSource(clips[index]!);
  for await (const block of renderBalance(plan, open, kernels, {
    onStem: (index, piece) => meter.stem(index, piece),
  })) {
    listener.push(block);
    meter.process(block);
  }
  const song = listener.finish();
  const stems = meter.result().stems.map(({ integratedLufs }) => integratedLufs ?? -100);
  kernels.release(mark);
  return { song, stems };
}

function gained({ sampleRate, channels }: Clip, gainDb: number): Clip {
  const gain = 10 ** (gainDb / 20);
  return { sampleRate, channels: channels.map((samples) => samples.map((value) => gain * value)) };
}

function added(clips: readonly Clip[]): Clip {
  const frames = Math.max(...clips.map(({ channels }) => channels[0]!.length));
  const channels = [0, 1].map((channel) => {
    const sum = new Float32Array(frames);
    for (const clip of clips) {
      const samples = clip.channels[channel] ?? clip.channels[0]!;
      samples.forEach((value, i) => {
        sum[i]! += value;
      });
    }
    return sum;
  });
  return { sampleRate: clips[0]!.sampleRate, channels };
}

/** Numbers from 0 to 1 by the seed: a counter whose bits are mixed (the finaliser of MurmurHash3, which is public domain). */
function generator(seed: number): () => number {
  let counter = Math.imul(seed, 0x9e37_79b9);
  return () => {
    counter = (counter + 0x9e37_79b9) | 0;
    let bits = Math.imul(counter ^ (counter >>> 16), 0x85eb_ca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
  };
}
