import type { Features, Kernels, RealFft } from '@tutti/dsp';
import { analyseKey } from './key/key-analysis.ts';
import { semitoneSums } from './semitone-sums.ts';
import { soundingFeatures } from './sounding-frames.ts';
import { analyseStructure } from './structure/structure-analysis.ts';
import { vocalActivity } from './structure/vocals.ts';
import { analyseTempo } from './tempo/tempo-analysis.ts';
import type { KeyAnalysis, StructureAnalysis, TempoAnalysis } from './track-analysis.ts';

/** A silence shorter than an analysis frame (43 ms) is none: encoders leave as much. */
const SHORTEST_SILENCE_SECONDS = 0.05;

interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** What is heard of a sound as music: its time, its parts, its key. Each rests on the one before. */
export interface MusicAnalysis {
  readonly tempo: TempoAnalysis;
  readonly structure: StructureAnalysis;
  readonly key: KeyAnalysis;
}

/**
 * Listens from the first sound to the last: silence before and behind is no part of the music.
 * @param kernels lend memory for the time of the call
 * @param fft of TEMPOGRAM_FFT_SIZE
 */
export function analyseMusic(kernels: Kernels, features: Features, fft: RealFft): MusicAnalysis {
  const sounding = soundingFeatures(features);
  const spectra = semitoneSums(kernels, sounding);
  const tempo = analyseTempo(kernels, sounding, spectra, fft);
  const structure = analyseStructure(kernels, sounding, spectra, tempo);
  const key = analyseKey(kernels, sounding, {
    phrases: tempo.kind === 'constant' ? structure.phrases : [],
    sections: structure.sections,
  });
  const { startSeconds, frames, frameRate } = features;
  const vocals = vocalActivity(kernels, features);
  const music = { tempo, structure: vocals === null ? structure : { ...structure, vocals }, key };
  return upToTheEnds(later(music, sounding.startSeconds), startSeconds + frames / frameRate);
}

/** Lets what begins or ends within a moment of the ends of the sound begin and end with it. */
function upToTheEnds(music: MusicAnalysis, seconds: number): MusicAnalysis {
  const { tempo, structure, key } = music;
  const widened = <Span extends TimeSpan>(each: Span): Span => ({
    ...each,
    start: each.start < SHORTEST_SILENCE_SECONDS ? 0 : each.start,
    end: seconds - each.end < SHORTEST_SILENCE_SECONDS ? seconds : each.end,
  });
  return {
    tempo,
    structure: { ...structure, sections: structure.sections.map(widened) },
    key: key.sections ? { ...key, sections: key.sections.map(widened) } : key,
  };
}

/** The same, so many seconds later, or earlier; nothing is before the start of the sound. */
export function later({ tempo, structure, key }: MusicAnalysis, seconds: number): MusicAnalysis {
  const time = (at: number) => Math.max(0, at + seconds);
  const span = <Span extends TimeSpan>(each: Span): Span => ({ ...each, start: time(each.start), end: time(each.end) });
  return {
    tempo: { ...tempo, beats: tempo.beats.map(time), downbeats: tempo.downbeats.map(time) },
    structure: {
      ...structure,
      sections: structure.sections.map(span),
      phrases: structure.phrases.map(time),
      introEnd: structure.introEnd === null ? null : time(structure.introEnd),
      outroStart: structure.outroStart === null ? null : time(structure.outroStart),
      cues: structure.cues.map((cue) => ({ ...cue, time: time(cue.time) })),
    },
    key: key.sections ? { ...key, sections: key.sections.map(span) } : key,
  };
}
