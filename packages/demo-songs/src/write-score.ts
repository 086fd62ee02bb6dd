import type { Key } from '@tutti/music/theory';
import type { Section } from './arrangement/section.ts';
import { type ChordSpan, layProgression } from './harmony/progression.ts';
import { writeBass } from './parts/bass-part.ts';
import { writeChords, writePad } from './parts/chord-part.ts';
import { writeDrums } from './parts/drum-part.ts';
import { writeLead } from './parts/lead-part.ts';
import { writeTransitions } from './parts/transition-part.ts';
import type { Random } from './random.ts';
import type { Score } from './score.ts';
import type { Progressions, Style } from './styles/style.ts';

const PROGRESSION_OF = {
  intro: 'verse',
  verse: 'verse',
  build: 'break',
  drop: 'drop',
  break: 'break',
  outro: 'verse',
} as const;

/** The chords of the whole song: one progression for each kind of section, and a dominant at the end of each build. */
export function writeHarmony(
  style: Style,
  key: Key,
  sections: readonly Section[],
  beatsPerBar: number,
  random: Random,
): ChordSpan[] {
  const choices = style.progressions[key.mode];
  const chosen: Record<keyof Progressions, string> = {
    verse: random.pick(choices.verse),
    drop: random.pick(choices.drop),
    break: random.pick(choices.break),
  };
  return sections.flatMap((section) => {
    const progression = chosen[PROGRESSION_OF[section.role]];
    const spans = layProgression(progression, key, section.startBeat, section.bars, beatsPerBar);
    if (section.role !== 'build' || section.bars < 4) return spans;
    const lastBar = section.startBeat + section.beats - beatsPerBar;
    const dominant = layProgression('V', key, lastBar, 1, beatsPerBar);
    return [...spans.filter((span) => span.beat < lastBar), ...dominant];
  });
}

/** Writes every part of a song. */
export function writeScore(
  style: Style,
  key: Key,
  sections: readonly Section[],
  harmony: readonly ChordSpan[],
  beatsPerBar: number,
  random: Random,
): Score {
  return {
    drums: writeDrums(style, sections, beatsPerBar, random.fork('drums')),
    parts: {
      bass: writeBass(style, key, sections, harmony, beatsPerBar, random.fork('bass')),
      chords: writeChords(style.chords, 'chords', style, sections, harmony, beatsPerBar, random.fork('chords')),
      arp: style.arp ? writeChords(style.arp, 'arp', style, sections, harmony, beatsPerBar, random.fork('arp')) : [],
      pad: writePad(style.pad, style, sections, harmony, beatsPerBar),
      lead: writeLead(style.lead, style, key, sections, harmony, beatsPerBar, random.fork('lead')),
    },
    transitions: writeTransitions(sections, beatsPerBar),
  };
}
