import type { Features, Kernels } from '@tutti/dsp';
import type { SemitoneSums } from '../semitone-sums.ts';
import type { StructureAnalysis, TempoAnalysis } from '../track-analysis.ts';
import { barFeatures } from './bar-features.ts';
import { barGridOf } from './bar-grid.ts';
import { cuesOf } from './cues.ts';
import { phraseStarts } from './phrases.ts';
import { rolesOf } from './roles.ts';
import { sectionsOf } from './sections.ts';

const FEWEST_BARS = 4;
const LETTERS = 26;

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
 * Stages: bars over all that sounds -> what happens in each -> sections within which bars are alike -> which of them are
 * the same music -> what they do for the track -> phrases counted within them -> cues.
 * A track without beats is cut into spans of two seconds instead and gets neither phrases nor cues.
 * @param kernels lend memory for the time of the call
 */
export function analyseStructure(
  kernels: Kernels,
  features: Features,
  spectra: SemitoneSums,
  tempo: TempoAnalysis,
): StructureAnalysis {
  const grid = barGridOf(features, tempo);
  const { starts, musical } = grid;
  if (starts.length - 1 < FEWEST_BARS) return NO_STRUCTURE;
  const perBar = barFeatures(kernels, features, spectra, starts);
  const found = sectionsOf(perBar, musical);
  const parts = found.map(({ part }) => part);
  const roles = rolesOf(perBar, found, parts, tempo.kind === 'constant' && tempo.meter === 4);
  const powers = found.map(({ firstBar, endBar }) => meanOf(perBar.power.subarray(firstBar, endBar)));
  const loudest = Math.max(...powers);
  const last = found.length - 1;
  const sections = found.map(({ firstBar, endBar, part, confidence }, i) => ({
    start: i === 0 ? grid.soundStart : starts[firstBar]!,
    end: i === last ? grid.soundEnd : starts[endBar]!,
    label: roles[i] ?? letterOf(part),
    energy: loudest > 0 ? Math.sqrt(powers[i]! / loudest) : 0,
    part: letterOf(part),
    confidence,
  }));
  const { downbeats } = tempo;
  const heard = new Set(downbeats);
  const phrases = musical ? phraseStarts(found).filter((bar) => heard.has(starts[bar]!)) : [];
  return {
    sections,
    phrases: phrases.map((bar) => starts[bar]!),
    introEnd: roles[0] === 'intro' ? sections[0]!.end : null,
    outroStart: roles[last] === 'outro' ? sections[last]!.start : null,
    cues: musical
      ? cuesOf({
          grid,
          sections: found,
          roles,
          phrases,
          firstDownbeat: downbeats[0]!,
          gridConfidence: tempo.confidence,
        })
      : [],
  };
}

/** A to Z, then AA, AB and so on. */
export function letterOf(part: number): string {
  const letter = String.fromCharCode(65 + (part % LETTERS));
  return part < LETTERS ? letter : letterOf(Math.floor(part / LETTERS) - 1) + letter;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
