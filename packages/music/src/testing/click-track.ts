import type { MixableTrack } from '../mixing/mix-track.ts';
import { analysisOf, type KnownFacts } from './analysis-of.ts';

/** A track of clicks whose beats are known to the sample. */
export interface ClickTrack {
  readonly track: MixableTrack;
  readonly beats: readonly number[];
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

export interface ClickTrackOptions {
  readonly title?: string;
  readonly bpm: number;
  readonly seconds: number;
  readonly meter?: number;
  /** Depth of a slow swing of the tempo, as a share of it. */
  readonly drift?: number;
  /** First beat, seconds. */
  readonly offset?: number;
  /** Bars per phrase. */
  readonly phraseBars?: number;
  readonly sampleRate?: number;
  /** Which channel clicks: 0 left, 1 right; the other is silent. */
  readonly side?: 0 | 1;
  readonly mono?: boolean;
  /** Error of the beats that the analysis reports, seconds; the clicks stay where they are. */
  readonly jitter?: readonly number[];
  readonly facts?: KnownFacts;
}

/** Period of the swing of a drifting tempo, seconds. */
const DRIFT_PERIOD = 40;
const CLICK_SECONDS = 0.004;

/** Beats of a tempo that swings around `bpm`. */
export function beatTimes({ bpm, seconds, drift = 0, offset = 0 }: ClickTrackOptions): number[] {
  const beats: number[] = [];
  for (let time = offset; time < seconds - 0.05; ) {
    beats.push(time);
    time += 60 / (bpm * (1 + drift * Math.sin((2 * Math.PI * time) / DRIFT_PERIOD)));
  }
  return beats;
}

/** A click track with its analysis, the truth by construction. Samples are made when asked for. */
export function clickTrack(options: ClickTrackOptions): ClickTrack {
  const { title = `${options.bpm} BPM`, bpm, seconds, meter = 4, sampleRate = 44_100, side = 0 } = options;
  const beats = beatTimes(options);
  const reported = options.jitter ? beats.map((time, i) => Math.max(0, time + (options.jitter![i] ?? 0))) : beats;
  const bar = reported.filter((_, i) => i % meter === 0);
  const phrases = bar.filter((_, i) => i % (options.phraseBars ?? 8) === 0);
  const analysis = analysisOf({
    bpm,
    meter,
    beats: reported,
    downbeats: bar,
    phrases,
    kind: options.drift ? 'drifting' : 'constant',
    lufs: -14,
    truePeakDb: -3,
    energy: 5,
    key: ['A', 'minor'],
    ...options.facts,
  });
  const track = { id: title, title, path: `${title}.wav`, audioHash: `hash of ${title}`, seconds, analysis };
  let made: Float32Array[] | undefined;
  return {
    track,
    beats,
    sampleRate,
    get channels() {
      if (made) return made;
      const clicks = renderClicks(beats, Math.round(seconds * sampleRate), sampleRate);
      const silence = new Float32Array(clicks.length);
      made = options.mono ? [clicks] : side === 0 ? [clicks, silence] : [silence, clicks];
      return made;
    },
  };
}

/** Each beat a burst of a decaying 2 kHz tone that begins at the beat. */
function renderClicks(beats: readonly number[], frames: number, sampleRate: number): Float32Array {
  const out = new Float32Array(frames);
  const length = Math.round(CLICK_SECONDS * sampleRate);
  for (const beat of beats) {
    const start = Math.ceil(beat * sampleRate);
    for (let i = 0; i < length && start + i < frames; i++) {
      const time = (start + i) / sampleRate - beat;
      out[start + i] = 0.5 * Math.sin(2 * Math.PI * 2000 * time) * Math.exp(-time / 0.0008);
    }
  }
  return out;
}
