import type { AnalysisLine } from '@tutti/contract';
import type { MixPlan, MixPlanTrack } from '@tutti/music/mixing';

const SECONDS = 60;
const BPM = 120;

/** The hash that the sound of a path has here. */
function hashOf(path: string): string {
  return Buffer.from(path).toString('hex');
}

/** A track of a plan that plays at its own tempo from `start` on, from 1 s to 51 s of the file. */
export function plannedTrack(path: string, start: number): MixPlanTrack {
  return {
    ...{
      id: path,
      title: `title of ${path}`,
      path,
      audioHash: hashOf(path),
      seconds: SECONDS,
      bpm: BPM,
      camelot: '8A',
    },
    ...{ gainDb: 0, start, end: start + 50, cueIn: 1, cueOut: 51, reason: '' },
    timeMap: [
      { mix: start, source: 1 },
      { mix: start + 50, source: 51 },
    ],
    ...{ keyShift: 0, level: [], low: [], mid: [], high: [], effects: [] },
  };
}

/** A mix of tracks that begin every 40 s and are heard together for 10 s. */
export function plannedMix(paths: readonly string[]): MixPlan {
  const tracks = paths.map((path, i) => plannedTrack(path, 40 * i));
  const master = {
    targetLufs: -14,
    ceilingDb: -1,
    lookaheadSeconds: 0.01,
    releaseSeconds: 0.1,
    lowHz: 200,
    highHz: 2500,
  };
  return {
    ...{ schema: 'tutti.mix-plan/1', sampleRate: 44_100, seconds: 40 * paths.length + 10, tempo: 'follow' },
    ...{ master: { ...master, reason: '' }, tracks, transitions: [], warnings: [] },
  };
}

/** The analysis of a path: 120 BPM from 0.25 s on, A minor, a drop at 16.25 s. */
export function analysisLine(path: string): AnalysisLine {
  const beats = Array.from({ length: 119 }, (_, i) => 0.25 + i / 2);
  const downbeats = beats.filter((_, i) => i % 4 === 0);
  return {
    ...{ schema: 'tutti.analysis/1', path, audioHash: hashOf(path), analyser: { version: '1', kernels: '1' } },
    format: { container: 'WAV', codec: 'PCM', sampleRate: 44_100, channels: 2, seconds: SECONDS, lossless: true },
    tags: { title: 'T & T', artist: 'Björk', album: null, bpm: null, key: null },
    tempo: { bpm: BPM, confidence: 1, kind: 'constant', candidates: [], beats, downbeats, meter: 4 },
    key: { tonic: 'A', mode: 'minor', camelot: '8A', openKey: '1m', confidence: 1, tuningHz: 440, candidates: [] },
    structure: {
      ...{ sections: [], phrases: [], introEnd: null, outroStart: null },
      cues: [
        { time: 0.25, kind: 'first-downbeat', label: 'first downbeat' },
        { time: 0.25, kind: 'mix-in', label: 'first phrase' },
        { time: 16.251, kind: 'drop', label: 'everything comes in' },
      ],
    },
    ...{ warnings: [], notes: [] },
  };
}
