import type { Key } from '@tutti/music/theory';
import { layerLevel } from '../arrangement/layers.ts';
import type { Section } from '../arrangement/section.ts';
import { type ChordSpan, chordAt } from '../harmony/progression.ts';
import { scaleOver } from '../harmony/scale.ts';
import type { Random } from '../random.ts';
import type { Note } from '../score.ts';
import type { LeadPart, Style } from '../styles/style.ts';
import { calmMotif, closeMotif, inventMotif, type Motif, type MotifNote, varyEnding } from './motif.ts';
import { patternBar } from './pattern.ts';

/** Degrees that a pentatonic melody passes over, counted from 0. */
const AVOIDED_DEGREES = { major: [3, 6], minor: [1, 5] } as const;

const DOUBLING_LEVEL = 0.55;

/** A phrase of eight bars, two at a time: statement, statement with another end, statement, close. */
function phraseOf(motif: Motif, beatsPerBar: number, random: Random): Motif[] {
  return [motif, varyEnding(motif, random), motif, closeMotif(motif, beatsPerBar)];
}

/**
 * Melody: a theme for verses and a hook for drops, each a motif of two bars grown into a phrase of eight, sung on the
 * chords of the moment; the break remembers the hook in long notes, the second drop doubles it at the octave.
 */
export function writeLead(
  part: LeadPart,
  style: Style,
  key: Key,
  sections: readonly Section[],
  harmony: readonly ChordSpan[],
  beatsPerBar: number,
  random: Random,
): Note[] {
  const themeOf = (rhythms: readonly string[], stream: Random) => {
    const rhythm = stream.pick(rhythms);
    return inventMotif([patternBar(rhythm, 0, beatsPerBar), patternBar(rhythm, 1, beatsPerBar)], stream);
  };
  const themeRandom = random.fork('theme');
  const hookRandom = random.fork('hook');
  const theme = phraseOf(themeOf(part.verse, themeRandom), beatsPerBar, themeRandom);
  const hookMotif = themeOf(part.hook, hookRandom);
  const hook = phraseOf(hookMotif, beatsPerBar, hookRandom);
  const memory = hook.map((motif) => calmMotif(motif, beatsPerBar));
  const singer = createSinger(part, key, harmony);
  const notes: Note[] = [];

  for (const section of sections) {
    const phrase = section.role === 'drop' ? hook : section.role === 'break' ? memory : theme;
    for (let bar = 0; bar < section.bars; bar += 2) {
      // The phrase ends where the section ends, however long it is.
      const isLastPair = bar + 2 >= section.bars;
      const motif = isLastPair ? phrase[3]! : phrase[(bar / 2) % 4]!;
      const start = section.startBeat + bar * beatsPerBar;
      const end = section.startBeat + section.beats;
      for (const motifNote of motif) {
        const beat = start + motifNote.beat;
        const barInSection = Math.floor((beat - section.startBeat) / beatsPerBar);
        if (beat >= end) continue;
        const level = layerLevel(style.layers[section.role], 'lead', barInSection, section.bars);
        if (level === 0) continue;
        const midi = singer(motifNote, beat, isLastPair && motifNote === motif.at(-1));
        const velocity = level * (Number.isInteger(beat) ? 1 : 0.88) * random.between(0.93, 1);
        const beats = Math.min(motifNote.beats, end - beat);
        notes.push({ beat, beats, midi, velocity });
        if (section.role === 'drop' && section.occurrence > 0) {
          notes.push({ beat, beats, midi: midi + part.doubling, velocity: velocity * DOUBLING_LEVEL });
        }
      }
    }
  }
  return notes;
}

/** Turns a motif's note into a pitch at a beat: on the beat a tone of the chord, between beats a tone of its scale. */
function createSinger(part: LeadPart, key: Key, harmony: readonly ChordSpan[]) {
  const { lowest, highest } = part.register;
  const centre = Math.round((lowest + highest) / 2);
  const avoided: readonly number[] = part.isPentatonic ? AVOIDED_DEGREES[key.mode] : [];
  const fold = (midi: number): number => (midi > highest ? midi - 12 : midi < lowest ? midi + 12 : midi);

  let last = { midi: 0, steps: 0 };

  return (note: MotifNote, beat: number, isFinal: boolean): number => {
    const { tones } = chordAt(harmony, beat).chord;
    const scale = scaleOver(key, tones);
    const triad = tones.slice(0, 3);
    const passing = scale.filter((tone, degree) => !avoided.includes(degree) || triad.includes(tone));
    const wanted = stepsFrom(nearest(centre, triad), note.steps, passing);
    const isStrong = isFinal || Number.isInteger(beat) || note.beats >= 1;
    let midi = fold(isStrong ? nearest(wanted, triad) : wanted);
    // Where the motif moves, so does the melody, even if the same tone of the chord is nearest again.
    const move = Math.sign(note.steps - last.steps);
    if (midi === last.midi && move !== 0) midi = fold(stepsFrom(midi, move, isStrong ? triad : passing));
    last = { midi, steps: note.steps };
    return midi;
  };
}

/** The note nearest to `midi`, below first, whose pitch class is one of `tones`. */
function nearest(midi: number, tones: readonly number[]): number {
  for (let distance = 0; distance < 12; distance++) {
    if (tones.includes((midi - distance + 144) % 12)) return midi - distance;
    if (tones.includes((midi + distance) % 12)) return midi + distance;
  }
  return midi;
}

/** Goes up or down a scale by steps. */
function stepsFrom(midi: number, steps: number, scale: readonly number[]): number {
  const direction = Math.sign(steps);
  let left = Math.abs(steps);
  let note = midi;
  while (left > 0) {
    note += direction;
    if (scale.includes((note + 144) % 12)) left--;
  }
  return note;
}
