import type { Key } from '@tutti/music/theory';
import { layerLevel } from '../arrangement/layers.ts';
import type { Section } from '../arrangement/section.ts';
import { type ChordSpan, chordAt } from '../harmony/progression.ts';
import { scaleOf } from '../harmony/scale.ts';
import type { Random } from '../random.ts';
import type { Note } from '../score.ts';
import type { Style } from '../styles/style.ts';
import { patternBar, readSteps, STEPS_PER_BEAT } from './pattern.ts';

/** Velocity of marks in lower case: ghost notes. */
const GHOST = 0.55;

/**
 * Bass line. Marks of its patterns: `R` root, `O` root an octave up, `3` third, `5` fifth, `7` seventh (the octave where
 * the chord has none), `A` approach: the step of the scale that leads to the next root
 * from where the line is. `r` and `o` are soft.
 */
export function writeBass(
  style: Style,
  key: Key,
  sections: readonly Section[],
  harmony: readonly ChordSpan[],
  beatsPerBar: number,
  random: Random,
): Note[] {
  const { full, calm, register } = style.bass;
  const fullPattern = random.pick(full);
  const calmPattern = random.pick(calm);
  const lowest = register.lowest;
  const scale = scaleOf(key);
  const place = (pitchClass: number) => lowest + ((pitchClass - lowest + 144) % 12);
  const notes: Note[] = [];
  for (const section of sections) {
    const pattern = section.role === 'drop' ? fullPattern : calmPattern;
    for (let bar = 0; bar < section.bars; bar++) {
      const level = layerLevel(style.layers[section.role], 'bass', bar, section.bars);
      if (level === 0) continue;
      const barBeat = section.startBeat + bar * beatsPerBar;
      for (const { mark, step, steps } of readSteps(patternBar(pattern, bar, beatsPerBar))) {
        const beat = barBeat + step / STEPS_PER_BEAT;
        const span = chordAt(harmony, beat);
        const root = place(span.chord.root);
        const next = chordAt(harmony, span.beat + span.beats).chord;
        const midi = bassPitch(mark.toUpperCase(), root, span.chord.tones, place(next.root), scale);
        const isGhost = mark !== mark.toUpperCase();
        const accent = step === 0 ? 1 : 0.9;
        const velocity = level * accent * (isGhost ? GHOST : 1) * random.between(0.93, 1);
        notes.push({ beat, beats: steps / STEPS_PER_BEAT, midi, velocity });
      }
    }
  }
  return notes;
}

function bassPitch(
  mark: string,
  root: number,
  tones: readonly number[],
  nextRoot: number,
  scale: readonly number[],
): number {
  const above = (index: number, otherwise: number) => {
    const tone = tones[index];
    return tone === undefined ? otherwise : (tone - tones[0]! + 12) % 12;
  };
  switch (mark) {
    case 'O':
      return root + 12;
    case '3':
      return root + above(1, 4);
    case '5':
      return root + above(2, 7);
    case '7':
      return root + above(3, 12);
    case 'A':
      return nextRoot === root ? root + above(2, 7) : leadingTo(nextRoot, Math.sign(root - nextRoot), scale);
    default:
      return root;
  }
}

/** The neighbour of a note in the scale, on the side given by the sign. */
function leadingTo(midi: number, side: number, scale: readonly number[]): number {
  const neighbour = midi + side;
  return scale.includes((neighbour + 144) % 12) ? neighbour : neighbour + side;
}
