import { type LayerName, layerLevel } from '../arrangement/layers.ts';
import type { Section } from '../arrangement/section.ts';
import { type ChordSpan, chordAt } from '../harmony/progression.ts';
import { type Register, voiceChord } from '../harmony/voicing.ts';
import type { Random } from '../random.ts';
import type { Note } from '../score.ts';
import type { ChordalPart, PadPart, Style } from '../styles/style.ts';
import { patternBar, readSteps, STEPS_PER_BEAT } from './pattern.ts';

/** Voice-led notes of each chord, in order. */
function voiceAll(harmony: readonly ChordSpan[], voices: number, register: Register): Map<ChordSpan, number[]> {
  const voicings = new Map<ChordSpan, number[]>();
  let previous: number[] = [];
  for (const span of harmony) {
    previous = voiceChord(span.chord.tones, voices, register, previous);
    voicings.set(span, previous);
  }
  return voicings;
}

/**
 * Chords or broken chords in a rhythm. Marks: `x` the whole chord, `o` the same, softly; `1` to `8` one note of it
 * counted from below, going on an octave higher past the top.
 */
export function writeChords(
  part: ChordalPart,
  layer: LayerName,
  style: Style,
  sections: readonly Section[],
  harmony: readonly ChordSpan[],
  beatsPerBar: number,
  random: Random,
): Note[] {
  const voicings = voiceAll(harmony, part.voices, part.register);
  const fullPattern = random.pick(part.full);
  const calmPattern = random.pick(part.calm);
  const notes: Note[] = [];
  for (const section of sections) {
    const pattern = section.role === 'drop' || section.role === 'build' ? fullPattern : calmPattern;
    for (let bar = 0; bar < section.bars; bar++) {
      const level = layerLevel(style.layers[section.role], layer, bar, section.bars);
      if (level === 0) continue;
      const barBeat = section.startBeat + bar * beatsPerBar;
      for (const { mark, step, steps } of readSteps(patternBar(pattern, bar, beatsPerBar))) {
        const beat = barBeat + step / STEPS_PER_BEAT;
        const voicing = voicings.get(chordAt(harmony, beat))!;
        const velocity = level * (mark === 'o' ? 0.6 : 1) * (step % 4 === 0 ? 1 : 0.92) * random.between(0.92, 1);
        for (const midi of markedNotes(mark, voicing))
          notes.push({ beat, beats: steps / STEPS_PER_BEAT, midi, velocity });
      }
    }
  }
  return notes;
}

function markedNotes(mark: string, voicing: readonly number[]): readonly number[] {
  if (mark === 'x' || mark === 'o') return voicing;
  const index = Number(mark) - 1;
  return [voicing[index % voicing.length]! + 12 * Math.floor(index / voicing.length)];
}

/** Sustained chords under everything: a note lasts as long as the next chords hold it. */
export function writePad(
  part: PadPart,
  style: Style,
  sections: readonly Section[],
  harmony: readonly ChordSpan[],
  beatsPerBar: number,
): Note[] {
  const voicings = voiceAll(harmony, part.voices, part.register);
  const notes: Note[] = [];
  for (const section of sections) {
    const level = (beat: number) =>
      layerLevel(style.layers[section.role], 'pad', Math.floor((beat - section.startBeat) / beatsPerBar), section.bars);
    const inside = harmony.filter(
      (span) => span.beat >= section.startBeat && span.beat < section.startBeat + section.beats,
    );
    for (const span of inside) {
      const velocity = level(span.beat);
      if (velocity === 0) continue;
      for (const midi of voicings.get(span)!) notes.push({ beat: span.beat, beats: span.beats, midi, velocity });
    }
  }
  return notes;
}
