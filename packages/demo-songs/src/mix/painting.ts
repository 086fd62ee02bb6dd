import type { Note } from '../score.ts';
import { DrumBank } from '../synth/drum-bank.ts';
import { NoteBank } from '../synth/note-bank.ts';
import type { Patch } from '../synth/patch.ts';
import { renderTransition } from '../synth/transition-voice.ts';
import type { Performance, StemName } from './performance.ts';
import type { Track } from './track.ts';

/** Loudness follows the stroke more than in proportion. */
const VELOCITY_POWER = 1.4;
const QUIETEST_VELOCITY = 0.02;

/** Plays the notes, hits or sweeps of a stem, without any treatment. */
export function paintStem(out: Track, name: StemName, performance: Performance): void {
  const { style, score } = performance;
  if (name === 'drums') {
    paintDrums(out, performance);
  } else if (name === 'effects') {
    paintTransitions(out, performance);
  } else {
    paintNotes(out, score.parts[name], style[name].patch, 1, performance);
    if (name !== 'chords' || style.arp === undefined) return;
    paintNotes(out, score.parts.arp, style.arp.patch, style.arpGain, performance);
  }
}

function paintDrums(out: Track, { score, style, timeline, key, tuningHz }: Performance): void {
  const bank = new DrumBank(style.drums.kit, key, tuningHz, timeline.sampleRate);
  for (const [count, { beat, drum, velocity }] of score.drums.entries()) {
    out.paint(bank.hit(drum, count), timeline.frameAt(beat), velocity ** VELOCITY_POWER);
  }
}

function paintNotes(out: Track, notes: readonly Note[], patch: Patch, gain: number, performance: Performance): void {
  const { timeline, tuningHz } = performance;
  const bank = new NoteBank(patch, tuningHz, timeline.sampleRate);
  for (let first = 0; first < notes.length; ) {
    const { beat, beats, velocity } = notes[first]!;
    let end = first + 1;
    while (notes[end]?.beat === beat && notes[end]?.beats === beats && notes[end]?.velocity === velocity) end++;
    const midis = notes.slice(first, end).map((note) => note.midi);
    first = end;
    if (velocity < QUIETEST_VELOCITY) continue;
    const start = timeline.frameAt(beat);
    const seconds = (timeline.frameAt(beat + beats) - start) / timeline.sampleRate;
    out.paint(bank.chord(midis, seconds, velocity), start, gain * velocity ** VELOCITY_POWER);
  }
}

function paintTransitions(out: Track, { score, timeline }: Performance): void {
  for (const { kind, beat, beats, velocity } of score.transitions) {
    const start = timeline.frameAt(beat);
    const seconds = (timeline.frameAt(beat + beats) - start) / timeline.sampleRate;
    out.paint(renderTransition(kind, seconds, timeline.sampleRate), start, velocity);
  }
}
