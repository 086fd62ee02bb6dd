import { layerLevel } from '../arrangement/layers.ts';
import type { Section } from '../arrangement/section.ts';
import type { Random } from '../random.ts';
import type { DrumHit } from '../score.ts';
import type { DrumBar, DrumStyle, Groove, Style } from '../styles/style.ts';
import type { DrumName } from '../synth/drum-name.ts';
import { patternBar, readSteps, STEPS_PER_BEAT } from './pattern.ts';

/** Share of a velocity that changes from hit to hit. Time never does: beats are truth. */
const HUMAN_SPREAD = 0.09;
/** How hard the crash is hit where a section arrives; it is silent into intros and builds. */
const CRASH_VELOCITY = { intro: 0, verse: 0.6, build: 0, drop: 0.95, break: 0.6, outro: 0.5 } as const;

type AddHit = (beat: number, drum: DrumName, velocity: number) => void;

/** Grooves by layer, turnarounds every fourth bar, fills at the ends of sections, rolls in builds, crashes on arrivals. */
export function writeDrums(style: Style, sections: readonly Section[], beatsPerBar: number, random: Random): DrumHit[] {
  const hits: DrumHit[] = [];
  const add: AddHit = (beat, drum, velocity) => {
    const human = velocity * (1 + HUMAN_SPREAD * random.between(-1, 1));
    hits.push({ beat, drum, velocity: Math.min(1, human) });
  };
  for (const section of sections) {
    if (CRASH_VELOCITY[section.role] > 0) add(section.startBeat, 'crash', CRASH_VELOCITY[section.role]);
    for (let bar = 0; bar < section.bars; bar++) {
      addBar(style, section, bar, chooseSpecialBar(style.drums, section, bar, random), beatsPerBar, add);
    }
    if (section.role === 'build' && style.drums.hasBuildRoll) addRoll(section, beatsPerBar, add);
  }
  return hits.sort((a, b) => a.beat - b.beat);
}

function addBar(
  style: Style,
  section: Section,
  bar: number,
  special: DrumBar | undefined,
  beatsPerBar: number,
  add: AddHit,
): void {
  const levels = style.layers[section.role];
  const barBeat = section.startBeat + bar * beatsPerBar;
  const addSteps = (drum: DrumName, steps: string, level: number) => {
    for (const { mark, step } of readSteps(steps)) {
      add(barBeat + step / STEPS_PER_BEAT, drum, (Number(mark) / 9) * level);
    }
  };
  const levelOf = (groove: Groove) => layerLevel(levels, groove.layer, bar, section.bars);
  for (const [drum, groove] of drumEntries(style.drums.groove)) {
    const level = levelOf(groove);
    if (level === 0 || special?.[drum] !== undefined) continue;
    addSteps(drum, patternBar(choosePattern(groove, section), bar, beatsPerBar), level);
  }
  // Fills are for bars in which the drums play at all.
  const isPlaying = layerLevel(levels, 'kick', bar, section.bars) + layerLevel(levels, 'snare', bar, section.bars) > 0;
  if (special === undefined || !isPlaying) return;
  for (const [drum, steps] of drumEntries(special)) {
    // They lead into the next bar: in 3/4 their last three beats are played.
    addSteps(drum, steps.slice(-beatsPerBar * STEPS_PER_BEAT), section.role === 'drop' ? 1 : 0.8);
  }
}

function drumEntries<T>(record: Readonly<Partial<Record<DrumName, T>>>): [DrumName, T][] {
  return Object.entries(record) as [DrumName, T][];
}

function choosePattern({ full, calm, again }: Groove, { role, occurrence }: Section): string {
  if (role !== 'drop') return calm ?? full;
  return occurrence > 0 ? (again ?? full) : full;
}

/** The fill or turnaround that a bar has, if any. Builds roll into the next section instead of filling. */
function chooseSpecialBar(drums: DrumStyle, section: Section, bar: number, random: Random): DrumBar | undefined {
  const isLast = bar === section.bars - 1;
  if (isLast && section.next !== undefined && !(section.role === 'build' && drums.hasBuildRoll)) {
    return random.pick(drums.fills);
  }
  const isTurn = bar % 4 === 3 && !isLast && section.role !== 'intro' && drums.turnarounds.length > 0;
  return isTurn ? random.pick(drums.turnarounds) : undefined;
}

/** Quarters, then eighths, then sixteenths, rising; silent on the last beat, so that the drop lands in a gap. */
function addRoll(section: Section, beatsPerBar: number, add: AddHit): void {
  const end = section.beats - 1;
  for (let beat = Math.max(0, section.beats - 8 * beatsPerBar); beat < end; ) {
    const progress = beat / section.beats;
    add(section.startBeat + beat, 'snare', 0.25 + 0.6 * progress ** 1.5);
    beat += progress < 0.5 ? 1 : progress < 0.75 ? 0.5 : 0.25;
  }
}
