import type { Clip } from '@tutti/dsp';
import { layerLevel } from '../arrangement/layers.ts';
import type { Section } from '../arrangement/section.ts';
import type { Note, Score } from '../score.ts';
import type { StemMix, Style } from '../styles/style.ts';
import { DrumBank } from '../synth/drum-bank.ts';
import { NoteBank } from '../synth/note-bank.ts';
import type { Patch } from '../synth/patch.ts';
import { createStereo, mixAt, type Stereo } from '../synth/stereo.ts';
import { renderTransition } from '../synth/transition-voice.ts';
import type { Timeline } from '../timing/timeline.ts';
import { applyChorus } from './chorus-effect.ts';
import { duck, duckingCurve } from './ducking.ts';
import { applyEcho } from './echo.ts';
import { type RidePoint, rideFilter } from './filter-ride.ts';
import { playingLevel } from './level.ts';
import { limiterGain } from './limiter.ts';
import { addReverb } from './reverb.ts';
import { saturate } from './saturation.ts';

/** Stems in the order in which they are added up; `effects` holds risers, impacts and the room. */
export const STEM_NAMES = ['drums', 'bass', 'chords', 'pad', 'lead', 'effects'] as const;
export type StemName = (typeof STEM_NAMES)[number];

/** What is rendered: the score and everything that says how. */
export interface Performance {
  readonly score: Score;
  readonly style: Style;
  readonly sections: readonly Section[];
  readonly timeline: Timeline;
  readonly tuningHz: number;
  readonly beatsPerBar: number;
  readonly frames: number;
  /** Mean duration of a beat. */
  readonly beatSeconds: number;
}

export interface Mixdown {
  readonly mix: Clip;
  /** Only when they were asked for. */
  readonly stems: Readonly<Record<StemName, Clip>> | undefined;
}

/** RMS of the drums before the mix is brought to its level; the other stems are set beside it. */
const REFERENCE_DB = -20;
const CEILING_DB = -1;
const DUCKING_BEATS = 0.85;
const QUIETEST_VELOCITY = 0.02;

const fromDb = (decibels: number) => 10 ** (decibels / 20);

/**
 * Renders every stem and the mix.
 * Stages: notes -> clipper -> filter ride -> chorus -> ducking -> level -> echo -> (send to the room) -> sum -> gain of
 * the whole -> limiter. The gain of the last two is one curve that the stems get as well: they add up to the mix.
 */
export function renderMixdown(performance: Performance, wantsStems: boolean): Mixdown {
  const { frames, timeline, style, score } = performance;
  const sampleRate = timeline.sampleRate;
  const mix = createStereo(frames);
  const send = createStereo(frames);
  const kept = new Map<StemName, Stereo>();
  const kicks = score.drums.filter((hit) => hit.drum === 'kick').map((hit) => timeline.frameAt(hit.beat));
  const ducking = duckingCurve(kicks, DUCKING_BEATS * performance.beatSeconds, frames, sampleRate);

  let scratch = createStereo(frames);
  const finish = (name: StemName, reverb: number) => {
    mixAt(mix, scratch, 0, 1);
    if (reverb > 0) mixAt(send, scratch, 0, reverb);
    if (wantsStems) {
      kept.set(name, scratch);
      scratch = createStereo(frames);
    } else {
      scratch.left.fill(0);
      scratch.right.fill(0);
    }
  };

  for (const name of STEM_NAMES) {
    if (name === 'effects') {
      paintTransitions(scratch, performance);
      setLevel(scratch, style.transitions.levelDb, sampleRate);
      addReverb(scratch, send, style.room.seconds, style.room.brightness, sampleRate);
      finish(name, 0);
      continue;
    }
    const treatment = style.mix[name];
    paintStem(scratch, name, performance);
    saturateStem(scratch, treatment);
    if (name === 'chords' || name === 'pad') rideFilter(scratch, ridePoints(performance), sampleRate);
    applyChorus(scratch, treatment.chorus, sampleRate);
    if (treatment.ducking > 0) {
      duck(scratch.left, ducking, treatment.ducking);
      duck(scratch.right, ducking, treatment.ducking);
    }
    setLevel(scratch, treatment.levelDb, sampleRate);
    applyEcho(scratch, treatment.echo, style.echoBeats * performance.beatSeconds, sampleRate);
    finish(name, treatment.reverb);
  }
  return master(mix, kept, style, sampleRate);
}

function paintStem(out: Stereo, name: Exclude<StemName, 'effects'>, performance: Performance): void {
  const { style, score } = performance;
  if (name === 'drums') {
    paintDrums(out, performance);
    return;
  }
  paintNotes(out, score.parts[name], style[name].patch, 1, performance);
  if (name === 'chords' && style.arp !== undefined) {
    paintNotes(out, score.parts.arp, style.arp.patch, style.arpGain, performance);
  }
}

function paintDrums(out: Stereo, { score, style, timeline }: Performance): void {
  const bank = new DrumBank(style.drums.kit, timeline.sampleRate);
  for (const [count, { beat, drum, velocity }] of score.drums.entries()) {
    // Loudness follows the stroke more than in proportion.
    mixAt(out, bank.hit(drum, count), timeline.frameAt(beat), velocity ** 1.4);
  }
}

function paintNotes(out: Stereo, notes: readonly Note[], patch: Patch, gain: number, performance: Performance): void {
  const { timeline, tuningHz } = performance;
  const bank = new NoteBank(patch, tuningHz, timeline.sampleRate);
  for (const { beat, beats, midi, velocity } of notes) {
    if (velocity < QUIETEST_VELOCITY) continue;
    const start = timeline.frameAt(beat);
    const seconds = (timeline.frameAt(beat + beats) - start) / timeline.sampleRate;
    mixAt(out, bank.note(midi, seconds, velocity), start, gain * velocity ** 1.4);
  }
}

function paintTransitions(out: Stereo, { score, timeline }: Performance): void {
  for (const { kind, beat, beats, velocity } of score.transitions) {
    const start = timeline.frameAt(beat);
    const seconds = (timeline.frameAt(beat + beats) - start) / timeline.sampleRate;
    mixAt(out, renderTransition(kind, seconds, timeline.sampleRate), start, velocity);
  }
}

function saturateStem(stereo: Stereo, { driveDb }: StemMix): void {
  saturate(stereo.left, driveDb);
  saturate(stereo.right, driveDb);
}

function ridePoints({ sections, style, timeline, beatsPerBar }: Performance): RidePoint[] {
  return sections.flatMap((section) =>
    Array.from({ length: section.bars }, (_, bar) => {
      const openAt = (at: number) => layerLevel(style.layers[section.role], 'open', at, section.bars);
      const from = openAt(bar);
      return {
        frame: timeline.frameAt(section.startBeat + bar * beatsPerBar),
        from,
        to: bar + 1 < section.bars ? openAt(bar + 1) : from,
      };
    }),
  );
}

function setLevel(stereo: Stereo, levelDb: number, sampleRate: number): void {
  const level = playingLevel(stereo, sampleRate);
  if (level > 0) scale(stereo, fromDb(REFERENCE_DB + levelDb) / level);
}

function scale(stereo: Stereo, gain: number): void {
  for (const channel of [stereo.left, stereo.right]) {
    for (let i = 0; i < channel.length; i++) channel[i]! *= gain;
  }
}

/** Brings the mix to the style's level under the ceiling, and the stems with it. */
function master(mix: Stereo, kept: ReadonlyMap<StemName, Stereo>, style: Style, sampleRate: number): Mixdown {
  const gain = fromDb(style.mixRmsDb) / Math.max(playingLevel(mix, sampleRate), 1e-9);
  scale(mix, gain);
  const limiter = limiterGain(mix.left, mix.right, fromDb(CEILING_DB), sampleRate);
  multiply(mix, limiter);
  const clip = ({ left, right }: Stereo): Clip => ({ sampleRate, channels: [left, right] });
  if (kept.size === 0) return { mix: clip(mix), stems: undefined };
  for (const stem of kept.values()) {
    scale(stem, gain);
    multiply(stem, limiter);
  }
  const stems = Object.fromEntries(STEM_NAMES.map((name) => [name, clip(kept.get(name)!)]));
  return { mix: clip(mix), stems: stems as Record<StemName, Clip> };
}

function multiply(stereo: Stereo, gains: Float32Array): void {
  for (const channel of [stereo.left, stereo.right]) {
    for (let i = 0; i < channel.length; i++) channel[i]! *= gains[i]!;
  }
}
