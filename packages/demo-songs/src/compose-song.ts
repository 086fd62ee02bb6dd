import type { Clip } from '@tutti/dsp';
import { placeSections } from './arrangement/section.ts';
import { requireWhole } from './errors.ts';
import { renderMixdown } from './mix/mixdown.ts';
import type { Performance, StemName } from './mix/performance.ts';
import { Random } from './random.ts';
import { requireSongSpec, type SongSpec } from './song-spec.ts';
import { type SongTruth, tellTruth } from './song-truth.ts';
import { STYLES } from './styles/style-table.ts';
import { createTempoMap } from './timing/tempo-map.ts';
import { createTimeline } from './timing/timeline.ts';
import { writeHarmony, writeScore } from './write-score.ts';

export interface ComposeOptions {
  /** Hz, 8000 to 192000; 44100 when absent. */
  readonly sampleRate?: number;
  /** Keep the stems; they take six times the memory of the mix. */
  readonly stems?: boolean;
}

export interface Song {
  readonly spec: SongSpec;
  /** Stereo mix, peaks at -1 dBFS. */
  readonly clip: Clip;
  /** As long as the mix, gains of the mix included: their sum is the mix, up to rounding. Only when asked for. */
  readonly stems: Readonly<Record<StemName, Clip>> | undefined;
  readonly truth: SongTruth;
}

/** What rings on after the last bar. */
const TAIL_SECONDS = 2;
const DEFAULT_SAMPLE_RATE = 44_100;
const DEFAULT_TUNING_HZ = 440;

/** Everything about a song but its samples: what is played, and where. */
export function planPerformance(spec: SongSpec, sampleRate: number): Performance & { readonly truth: SongTruth } {
  const style = STYLES[spec.style];
  const tuningHz = spec.tuningHz ?? DEFAULT_TUNING_HZ;
  const beatsPerBar = spec.meter;
  const sections = placeSections(spec.arrangement ?? style.arrangement, beatsPerBar);
  const totalBeats = sections.reduce((sum, section) => sum + section.beats, 0);
  const tempo = createTempoMap(spec.bpm, spec.drift, beatsPerBar, totalBeats);
  const timeline = createTimeline(tempo, spec.swing, style.swingPairBeats, spec.leadInSeconds, sampleRate);
  const random = new Random(spec.seed);
  const harmony = writeHarmony(style, spec.key, sections, beatsPerBar, random.fork('harmony'));
  return {
    score: writeScore(style, spec.key, sections, harmony, beatsPerBar, random),
    style,
    sections,
    timeline,
    key: spec.key,
    tuningHz,
    beatsPerBar,
    frames: Math.ceil((timeline.secondsAt(totalBeats) + TAIL_SECONDS) * sampleRate),
    beatSeconds: tempo(totalBeats) / totalBeats,
    truth: tellTruth(spec, tuningHz, sections, timeline, totalBeats),
  };
}

/**
 * Composes and renders a song. Pure: the same spec and options always give the same samples.
 * Stages: sections -> chords -> parts -> stems -> mix.
 * @throws DemoSongError 'invalid-spec' or 'invalid-option' naming what is out of its range
 */
export function composeSong(spec: SongSpec, options: ComposeOptions = {}): Song {
  const sampleRate = options.sampleRate ?? DEFAULT_SAMPLE_RATE;
  requireSongSpec(spec);
  requireWhole('invalid-option', 'sampleRate', sampleRate, 8000, 192_000);
  const performance = planPerformance(spec, sampleRate);
  const { mix, stems } = renderMixdown(performance, options.stems ?? false);
  return { spec, clip: mix, stems, truth: performance.truth };
}
