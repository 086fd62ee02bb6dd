import { composeSong, type SongSpec, type TempoDrift } from '@tutti/demo-songs';
import { clipSeconds, Kernels, stretchClip } from '@tutti/dsp';
import { analyseClip } from '@tutti/music/analysis';
import { type MixPlanTrack, type MixTransition, planMix, sourceSecondsAt } from '@tutti/music/mixing';
import { keyOf } from '@tutti/music/theory';
import { type ToneModulation, toneModulation } from '../measures/tone-modulation.ts';
import { type Alignment, type Smoothness, speedSmoothness, transitionAlignment } from '../measures/warping.ts';

export interface DriftingSong {
  readonly title: string;
  readonly style: SongSpec['style'];
  readonly bpm: number;
  /** Undefined for a steady one. */
  readonly drift: TempoDrift | undefined;
}

/** One transition of a mix of such songs. */
export interface WarpedTransition {
  readonly from: string;
  readonly to: string;
  readonly kind: MixTransition['kind'];
  readonly bars: number | null;
  /** Null where beats are not matched. */
  readonly alignment: Alignment | null;
  /** Of the incoming track, through the transition and the glide behind it. */
  readonly speed: Smoothness;
  readonly wow: ToneModulation;
}

const ARRANGEMENT: NonNullable<SongSpec['arrangement']> = [
  { label: 'intro', bars: 16 },
  { label: 'drop', bars: 24 },
  { label: 'outro', bars: 16 },
];
/** Longer than a glide back to a track's own tempo takes. */
const BEHIND_SECONDS = 40;
const TONE_HZ = 997;
const TONE_RATE = 44_100;

function compose({ title, style, bpm, drift }: DriftingSong, index: number) {
  const music = { style, key: keyOf(9, 'minor'), bpm, meter: 4, swing: 0, leadInSeconds: 0.2 } as const;
  const about = { seed: 400 + index, title, artist: 'Drift', arrangement: ARRANGEMENT };
  return composeSong({ ...about, ...music, ...(drift ? { drift } : {}) });
}

/** Composes songs, analyses them, plans a mix and holds every transition against the beats that were composed. */
export function judgeWarping(songs: readonly DriftingSong[]): WarpedTransition[] {
  const kernels = new Kernels();
  const composed = songs.map(compose);
  const plan = planMix(
    composed.map(({ spec, clip }, i) => ({
      ...{ id: `${i}`, title: spec.title, path: `${i}.wav`, audioHash: `${i}`.padStart(64, '0') },
      seconds: clipSeconds(clip),
      analysis: analyseClip(kernels, clip),
    })),
    // Another technique may suit a pair better: here both have to be heard at once.
    { joins: songs.slice(1).map(() => ({ technique: 'bass-swap' })) },
  );
  const beats = composed.map(({ truth }) => truth.beats);
  return plan.transitions.map(({ kind, from, to, start, end, bars }, index) => {
    const track = plan.tracks[to]!;
    const until = Math.min(track.end, end + BEHIND_SECONDS);
    return {
      ...{ from: plan.tracks[from]!.title, to: track.title, kind, bars },
      alignment: kind === 'beat-matched' ? transitionAlignment(plan, beats, index) : null,
      speed: speedSmoothness(track.timeMap, beats[to]!, start, until),
      wow: steadyTone(kernels, track, start, until),
    };
  });
}

/** How steady a tone stays that is played as `track` is between two moments of the mix. */
function steadyTone(kernels: Kernels, { timeMap }: MixPlanTrack, from: number, to: number): ToneModulation {
  const first = sourceSecondsAt(timeMap, from);
  const frames = Math.ceil((sourceSecondsAt(timeMap, to) - first + 1) * TONE_RATE);
  const tone = Float32Array.from({ length: frames }, (_, i) => 0.5 * Math.sin((2 * Math.PI * TONE_HZ * i) / TONE_RATE));
  const played = stretchClip(
    kernels,
    { sampleRate: TONE_RATE, channels: [tone] },
    {
      outputFrames: Math.round((to - from) * TONE_RATE),
      sourceFrameAt: (frame) => (sourceSecondsAt(timeMap, from + frame / TONE_RATE) - first) * TONE_RATE,
    },
  );
  return toneModulation(Float64Array.from(played.channels[0]!), TONE_RATE, TONE_HZ);
}
