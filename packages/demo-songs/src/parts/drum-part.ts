import { layerLevel } from '../arrangement/layers.ts';
import type { Section } from '../arrangement/section.ts';
import type { Random } from '../random.ts';
import type { DrumHit } from '../score.ts';
import type { DrumBar, Style } from '../styles/style.ts';
import type { DrumName } from '../synth/drum-name.ts';
import { patternBar, readSteps, STEPS_PER_BEAT } from './pattern.ts';

/** Share of a velocity that changes from hit to hit. Time never does: beats are truth. */
const HUMAN_SPREAD = 0.09;

/** The drums of a song: grooves by layer, turnarounds every fourth bar, fills at section ends, rolls in builds, crashes on arrivals. */
export function writeDrums(style: Style, sections: readonly Section[], beatsPerBar: number, random: Random): DrumHit[] {
  const hits: DrumHit[] = [];
  const add = (beat: number, drum: DrumName, velocity: number) => {
    const human = velocity * (1 + HUMAN_SPREAD * random.between(-1, 1));
    hits.push({ beat, drum, velocity: Math.min(1, human) });
  };
  for (const section of sections) {
    const levels = style.layers[section.role];
    if (section.role !== 'intro' && section.role !== 'build') {
      add(section.startBeat, 'crash', section.role === 'drop' ? 0.95 : section.role === 'outro' ? 0.5 : 0.6);
    }
    for (let bar = 0; bar < section.bars; bar++) {
      const special = specialBar(style, section, bar, random);
      const beat = section.startBeat + bar * beatsPerBar;
      const addSteps = (drum: DrumName, steps: string, level: number) => {
        for (const { mark, step } of readSteps(steps)) {
          add(beat + step / STEPS_PER_BEAT, drum, (Number(mark) / 9) * level);
        }
      };
      const playsAnything =
        layerLevel(levels, 'kick', bar, section.bars) + layerLevel(levels, 'snare', bar, section.bars) > 0;
      for (const [drum, groove] of Object.entries(style.drums.groove) as [
        DrumName,
        Style['drums']['groove'][DrumName],
      ][]) {
        const level = layerLevel(levels, groove!.layer, bar, section.bars);
        if (level === 0 || special?.[drum] !== undefined) continue;
        const pattern = section.role === 'drop' ? groove!.full : (groove!.calm ?? groove!.full);
        addSteps(drum, patternBar(pattern, bar, beatsPerBar), level);
      }
      if (special !== undefined && playsAnything) {
        for (const [drum, steps] of Object.entries(special) as [DrumName, string][]) {
          addSteps(drum, fillBar(steps, beatsPerBar), section.role === 'drop' ? 1 : 0.8);
        }
      }
    }
    if (section.role === 'build' && style.drums.hasBuildRoll) addRoll(section, beatsPerBar, add);
  }
  return hits.sort((a, b) => a.beat - b.beat);
}

/** The fill or turnaround that a bar has, if any. Builds roll into the next section instead of filling. */
function specialBar(style: Style, section: Section, bar: number, random: Random): DrumBar | undefined {
  const isLast = bar === section.bars - 1;
  if (isLast && section.next !== undefined && !(section.role === 'build' && style.drums.hasBuildRoll)) {
    return random.pick(style.drums.fills);
  }
  const isTurn = bar % 4 === 3 && !isLast && section.role !== 'intro' && style.drums.turnarounds.length > 0;
  return isTurn ? random.pick(style.drums.turnarounds) : undefined;
}

/** Fills lead into the next bar: in 3/4 their last three beats are played. */
function fillBar(steps: string, beatsPerBar: number): string {
  return steps.slice(-beatsPerBar * STEPS_PER_BEAT);
}

/** Quarters, then eighths, then sixteenths, rising; silent on the last beat, so that the drop lands in a gap. */
function addRoll(
  section: Section,
  beatsPerBar: number,
  add: (beat: number, drum: DrumName, velocity: number) => void,
): void {
  const end = section.beats - Math.min(beatsPerBar - 1, 1);
  for (let beat = Math.max(0, section.beats - 8 * beatsPerBar); beat < end; ) {
    const progress = beat / section.beats;
    add(section.startBeat + beat, 'snare', 0.25 + 0.6 * progress ** 1.5);
    beat += progress < 0.5 ? 1 : progress < 0.75 ? 0.5 : 0.25;
  }
}
