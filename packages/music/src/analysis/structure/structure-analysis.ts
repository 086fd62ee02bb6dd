import type { Features } from '@tutti/dsp';
import type { SemitoneSums } from '../semitone-sums.ts';
import type { StructureAnalysis, TempoAnalysis } from '../track-analysis.ts';
import { barFeatures } from './bar-features.ts';
import { noveltyOf } from './novelty.ts';
import { phraseStarts } from './phrases.ts';
import { type BarSection, sectionsOf } from './sections.ts';

const FEWEST_BARS = 4;
/** Bars of a track without beats, in seconds. */
const BARLESS_SECONDS = 2;
/** An intro or outro is emptier than the fullest section by this much, in dB averaged over the spectrum, ... */
const SPARSE_DB = 3;
/** ... and takes at most this share of the track. */
const LONGEST_SHARE = 0.35;
/** A drop is at least this much more power than before (3 dB). */
const DROP_RATIO = 2;

/** What is said where there is none. */
export const NO_STRUCTURE: StructureAnalysis = {
  sections: [],
  phrases: [],
  introEnd: null,
  outroStart: null,
  cues: [],
};

/**
 * Sections, phrases and cues of a track.
 * Stages: bars -> what each sounds like -> novelty -> phrases that start where it is high -> sections at the phrases that
 * are newer than most bars, alike ones named alike. A track without bars is cut every two seconds instead and gets no phrases.
 */
export function analyseStructure(features: Features, spectra: SemitoneSums, tempo: TempoAnalysis): StructureAnalysis {
  const seconds = features.frames / features.frameRate;
  const { starts, bars } = barStarts(tempo, seconds);
  if (starts.length - 1 < FEWEST_BARS) return NO_STRUCTURE;
  const perBar = barFeatures(features, spectra, starts);
  const novelty = noveltyOf(perBar);
  const phrases = phraseStarts(novelty);
  const found = sectionsOf(perBar, novelty, phrases);
  const labels = labelsOf(found, perBar.bars);
  const loudest = Math.max(...found.map(({ power }) => power));
  const sections = found.map(({ firstBar, endBar, power }, i) => ({
    start: firstBar === 0 ? 0 : starts[firstBar]!,
    end: endBar === perBar.bars ? seconds : starts[endBar]!,
    label: labels[i]!,
    energy: loudest > 0 ? Math.sqrt(power / loudest) : 0,
  }));
  const introEnd = labels[0] === 'intro' ? sections[0]!.end : null;
  const outroStart = labels.at(-1) === 'outro' ? sections.at(-1)!.start : null;
  return {
    sections,
    phrases: bars ? phrases.map((bar) => starts[bar]!) : [],
    introEnd,
    outroStart,
    cues: cuesOf(bars ? starts[0]! : null, found, starts, introEnd, outroStart),
  };
}

/** Starts of the bars and the end of the last one, in seconds. */
export function barStarts({ downbeats, beats }: TempoAnalysis, seconds: number): { starts: number[]; bars: boolean } {
  if (downbeats.length > FEWEST_BARS) {
    const last = beats.at(-1)!;
    const bar = downbeats.at(-1)! - downbeats.at(-2)!;
    return { starts: [...downbeats, Math.min(seconds, Math.max(last, downbeats.at(-1)! + bar))], bars: true };
  }
  const count = Math.floor(seconds / BARLESS_SECONDS);
  return { starts: Array.from({ length: count + 1 }, (_, i) => i * BARLESS_SECONDS), bars: false };
}

/** Letters in order of appearance; a sparse first and last section are intro and outro. */
function labelsOf(sections: readonly BarSection[], bars: number): string[] {
  const fullest = Math.max(...sections.map(({ fullness }) => fullness));
  const isSparse = ({ fullness, firstBar, endBar }: BarSection) =>
    sections.length > 2 && fullness < fullest - SPARSE_DB && endBar - firstBar <= LONGEST_SHARE * bars;
  const names = new Map<number, string>();
  return sections.map((section, i) => {
    if (i === 0 && isSparse(section)) return 'intro';
    if (i === sections.length - 1 && isSparse(section)) return 'outro';
    const name = names.get(section.part) ?? String.fromCharCode(65 + Math.min(25, names.size));
    names.set(section.part, name);
    return name;
  });
}

function cuesOf(
  firstDownbeat: number | null,
  sections: readonly BarSection[],
  starts: readonly number[],
  introEnd: number | null,
  outroStart: number | null,
): StructureAnalysis['cues'] {
  const cues: { time: number; kind: string; label: string }[] = [];
  if (firstDownbeat !== null) cues.push({ time: firstDownbeat, kind: 'first-downbeat', label: 'first downbeat' });
  if (introEnd !== null) cues.push({ time: introEnd, kind: 'intro-end', label: 'end of the intro' });
  let drop = { ratio: DROP_RATIO, time: -1 };
  for (let i = 1; i < sections.length; i++) {
    const ratio = sections[i]!.power / Math.max(sections[i - 1]!.power, 1e-12);
    if (ratio > drop.ratio) drop = { ratio, time: starts[sections[i]!.firstBar]! };
  }
  if (drop.time >= 0) cues.push({ time: drop.time, kind: 'drop', label: 'largest rise of energy' });
  if (outroStart !== null) cues.push({ time: outroStart, kind: 'outro-start', label: 'start of the outro' });
  return cues.sort((a, b) => a.time - b.time);
}
