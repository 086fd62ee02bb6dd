import type { Section } from '../arrangement/section.ts';
import type { Transition } from '../score.ts';

/** Risers through builds, a reversed crash into verses and breaks, an impact under each drop, a fall into each break. */
export function writeTransitions(sections: readonly Section[], beatsPerBar: number): Transition[] {
  const transitions: Transition[] = [];
  for (const { label, role, startBeat, beats, bars, next } of sections) {
    const end = startBeat + beats;
    if (role === 'build') {
      const riserBars = Math.min(bars, 8);
      transitions.push({
        kind: 'riser',
        beat: end - riserBars * beatsPerBar,
        beats: riserBars * beatsPerBar,
        velocity: 1,
      });
    } else if (next !== undefined && next !== 'outro' && bars > 1) {
      transitions.push({ kind: 'reverse-crash', beat: end - beatsPerBar, beats: beatsPerBar, velocity: 0.6 });
    }
    if (label === 'drop') transitions.push({ kind: 'impact', beat: startBeat, beats: 2 * beatsPerBar, velocity: 1 });
    if (role === 'break')
      transitions.push({ kind: 'downlifter', beat: startBeat, beats: 2 * beatsPerBar, velocity: 0.7 });
  }
  return transitions;
}
