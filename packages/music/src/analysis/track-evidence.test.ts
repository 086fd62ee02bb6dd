import { Kernels, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE, triad } from '../testing/listening-signals.ts';
import { keyProfile } from './track-evidence.ts';
import { TrackListener } from './track-listener.ts';

const kernels = new Kernels();

function listenTo(samples: Float32Array): TrackListener {
  const listener = new TrackListener(kernels, { sampleRate: TEST_RATE, channels: 1 });
  const block = new SampleBlock(kernels, 1, samples.length);
  block.write([samples], 0, samples.length);
  listener.push(block);
  return listener;
}

const beats = beatsOf(0.5, 39, () => 120);
const song = new Float32Array(40 * TEST_RATE);
playDrums(song, beats, 4);
for (let bar = 0; bar < 19; bar++) {
  // I IV V I in D, quiet from the eleventh bar on: another part.
  const degree = [0, 5, 7, 0][bar % 4]!;
  playChord(song, triad(2, degree, 4), 0.5 + 2 * bar, 1.9, { gain: bar < 10 ? 0.1 : 0.02 });
}

describe('the evidence of a track', () => {
  const { analysis, evidence } = listenTo(song).finishWithEvidence();

  it('comes with the answers that it belongs to', () => {
    expect(analysis).toEqual(listenTo(song).finish());
    expect(evidence.seconds).toBeCloseTo(40, 2);
  });

  it('has onsets at the beats', () => {
    const { frameRate } = evidence;
    const onset = evidence.onset!;
    const at = beats.map((beat) => Math.max(...onset.subarray((beat - 0.02) * frameRate, (beat + 0.03) * frameRate)));
    const mean = onset.reduce((sum, value) => sum + value, 0) / onset.length;
    expect(Math.min(...at)).toBeGreaterThan(3 * mean);
  });

  it('has the pitch classes that were played', () => {
    const byLevel = Array.from({ length: 12 }, (_, i) => i).sort((a, b) => evidence.chroma![b]! - evidence.chroma![a]!);
    // D major, G major, A major: D E F# G A B C#.
    expect(byLevel.slice(0, 7).sort((a, b) => a - b)).toEqual([1, 2, 4, 6, 7, 9, 11]);
  });

  it('has bars that are more alike within a part than across', () => {
    const { rows, likeness, starts, borderFit } = evidence.bars!;
    expect(rows).toBeGreaterThan(15);
    expect(starts).toHaveLength(rows + 1);
    expect(borderFit).toHaveLength(rows);
    expect(likeness[2 * rows + 6]!).toBeGreaterThan(likeness[2 * rows + 14]!);
  });

  it('has neither chroma nor bars for a second of silence', () => {
    const { evidence: nothing } = listenTo(new Float32Array(TEST_RATE)).finishWithEvidence();
    expect(nothing).toMatchObject({ chroma: null, bars: null });
  });
});

describe('keyProfile', () => {
  it('is highest at the tonic and low outside of the scale', () => {
    const aMinor = keyProfile({ tonic: 'A', mode: 'minor' });
    expect(aMinor.indexOf(Math.max(...aMinor))).toBe(4);
    expect(keyProfile({ tonic: 'Eb', mode: 'major' }).indexOf(0.748)).toBe(3);
    expect(keyProfile({ tonic: 'C', mode: 'minor' })).toEqual([
      0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33,
    ]);
  });
});
