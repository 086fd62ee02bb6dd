import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, strike, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();
const BPM = 126;
const BAR = (4 * 60) / BPM;
const FIRST = 0.37;

type Part = 'drums' | 'full' | 'break';

/** Drums alone, drums with bass and chords, or chords alone, eight bars each. */
function song(parts: readonly Part[]): Float32Array {
  const bars = parts.length * 8;
  const samples = new Float32Array(Math.ceil((FIRST + bars * BAR + 0.5) * TEST_RATE));
  for (let bar = 0; bar < bars; bar++) {
    const part = parts[Math.floor(bar / 8)]!;
    const start = FIRST + bar * BAR;
    if (part !== 'break') {
      beatsOf(start, start + BAR - 0.01, () => BPM).forEach((beat, i) => {
        strike(samples, 'kick', beat);
        if (i % 2 === 1) strike(samples, 'snare', beat);
        strike(samples, 'hat', beat + BAR / 8);
      });
    }
    if (part !== 'drums') {
      const [degree, third] = (
        [
          [0, 3],
          [8, 4],
          [3, 4],
          [10, 4],
        ] as const
      )[bar % 4]!;
      playChord(samples, triad(2, degree, third), start, BAR, { gain: part === 'full' ? 0.08 : 0.03 });
    }
  }
  return samples;
}

function structureOf(samples: Float32Array) {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] });
}

const timeOf = (part: number) => FIRST + part * 8 * BAR;

describe('analyseStructure', () => {
  const { structure, tempo } = structureOf(song(['drums', 'full', 'full', 'break', 'full', 'full', 'drums']));

  it('starts every phrase on a first beat, eight bars apart', () => {
    expect(structure.phrases.length).toBe(7);
    structure.phrases.forEach((time, i) => {
      expect(tempo.downbeats).toContain(time);
      expect(time).toBeCloseTo(timeOf(i), 1);
    });
  });

  it('cuts where the instruments change', () => {
    const { sections } = structure;
    const sure = sections.slice(1).filter(({ confidence }) => confidence! > 0.7);
    expect(sure.length).toBe(4);
    [1, 3, 4, 6].forEach((part, i) => {
      expect(sure[i]!.start).toBeCloseTo(timeOf(part), 1);
    });
    expect(sections[0]!.start).toBeCloseTo(FIRST, 1);
    for (const [i, { start }] of sections.slice(1).entries()) expect(start).toBe(sections[i]!.end);
  });

  it('names like parts alike, and what they do where that is clear', () => {
    const names = structure.sections.map(({ label, part }) => `${label} ${part}`);
    expect(names.filter((name, i) => name !== names[i - 1])).toEqual([
      'intro A',
      'drop B',
      'break C',
      'drop B',
      'outro A',
    ]);
    expect(structure.introEnd).toBeCloseTo(timeOf(1), 1);
    expect(structure.outroStart).toBeCloseTo(timeOf(6), 1);
  });

  it('measures the sections by the loudest', () => {
    const energies = structure.sections.map(({ energy }) => energy);
    expect(Math.max(...energies)).toBe(1);
    expect(Math.min(...energies)).toBeLessThan(0.5);
  });

  it('marks where a mix would start and where the music drops', () => {
    const kinds = structure.cues.map(({ kind }) => kind);
    expect(kinds).toEqual(['first-downbeat', 'mix-in', 'intro-end', 'drop', 'break', 'drop', 'outro-start', 'mix-out']);
    expect(structure.cues[4]!.time).toBeCloseTo(timeOf(3), 1);
    expect(structure.cues[5]!.time).toBeCloseTo(timeOf(4), 1);
    for (const { confidence } of structure.cues) expect(confidence).toBeGreaterThan(0.3);
  });

  it('gives sections but no phrases where there are no beats', () => {
    const quiet = whiteNoise(40 * TEST_RATE, 3).map((value, i) => value * (i < 20 * TEST_RATE ? 0.01 : 0.3));
    const noise = structureOf(quiet).structure;
    expect(noise.phrases).toEqual([]);
    expect(noise.sections.some(({ start }) => Math.abs(start - 20) <= 2)).toBe(true);
  });
});
