import type { TrackAnalysis } from '@tutti/music/analysis';
import type { Tolerance } from './tolerance.ts';

/** Parts of an analysis that the table speaks of. */
export const PARTS = ['tempo', 'beats', 'downbeats', 'key', 'loudness', 'sections', 'energy'] as const;
export type Part = (typeof PARTS)[number];

/** What broke the table, in words, by part. */
export type Broken = Partial<Record<Part, string>>;

/** Share of the times that have to be found again. */
const FOUND_AGAIN = 0.95;

/**
 * Compares the analysis of a changed sound with that of the sound.
 * @param laterSeconds how much later everything in the changed sound is
 */
export function compareAnalyses(
  before: TrackAnalysis,
  after: TrackAnalysis,
  tolerance: Tolerance,
  laterSeconds: number,
): Broken {
  const broken: Broken = {};
  const [tempo, changed] = [before.tempo.bpm, after.tempo.bpm];
  const isMoving = before.tempo.kind === 'drifting' || after.tempo.kind === 'drifting';
  if (tempo === null || changed === null) {
    if (tempo !== changed) broken.tempo = `${tempo} becomes ${changed}`;
  } else if (Math.abs(changed / tempo - 1) > (isMoving ? tolerance.movingTempo : tolerance.tempo)) {
    broken.tempo = `${tempo.toFixed(3)} becomes ${changed.toFixed(3)}`;
  }
  const beatSeconds = tolerance.beatsMs / 1000;
  const times = (own: readonly number[]) => own.map((time) => time + laterSeconds);
  const beats = foundAgain(times(before.tempo.beats), after.tempo.beats, beatSeconds);
  if (beats < FOUND_AGAIN) broken.beats = `${percent(beats)} found again`;
  const downbeats = foundAgain(times(before.tempo.downbeats), after.tempo.downbeats, beatSeconds);
  if (downbeats < FOUND_AGAIN) broken.downbeats = `${percent(downbeats)} found again`;
  const keys = [before, after].map(({ key }) => `${key.tonic} ${key.mode}`);
  if (keys[0] !== keys[1]) {
    broken.key = `${keys[0]} (${before.key.confidence.toFixed(2)}) becomes ${keys[1]} (${after.key.confidence.toFixed(2)})`;
  }
  const loudness = loudnessBroken(before, after, tolerance);
  if (loudness !== null) broken.loudness = loudness;
  const borders = ({ structure }: TrackAnalysis) => structure.sections.slice(1).map(({ start }) => start);
  const sections = foundAgain(times(borders(before)), borders(after), tolerance.sectionsSeconds);
  if (sections < 1) broken.sections = `${percent(sections)} of the borders found again`;
  const [level, changedLevel] = [before.energy.level, after.energy.level];
  if (tolerance.energy !== null && Math.abs((level ?? 0) - (changedLevel ?? 0)) > tolerance.energy) {
    broken.energy = `${level} becomes ${changedLevel}`;
  }
  return broken;
}

function loudnessBroken(before: TrackAnalysis, after: TrackAnalysis, tolerance: Tolerance): string | null {
  const [own, changed] = [before.loudness.integratedLufs, after.loudness.integratedLufs];
  if (tolerance.loudness === null || tolerance.loudnessShift === null || own === null) return null;
  if (changed !== null && Math.abs(changed - own - tolerance.loudnessShift) <= tolerance.loudness) return null;
  return `${own.toFixed(2)} becomes ${changed?.toFixed(2)} LUFS`;
}

/** The smaller of the shares of either row that have a time of the other within reach; 1 for two empty rows. */
function foundAgain(a: readonly number[], b: readonly number[], withinSeconds: number): number {
  const share = (from: readonly number[], to: readonly number[]) => {
    if (from.length === 0) return 1;
    let found = 0;
    let next = 0;
    for (const time of from) {
      while (next < to.length && to[next]! < time - withinSeconds) next++;
      if (next < to.length && to[next]! <= time + withinSeconds) found++;
    }
    return found / from.length;
  };
  return Math.min(share(a, b), share(b, a));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
