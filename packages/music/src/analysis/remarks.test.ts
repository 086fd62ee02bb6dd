import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../testing/listening-signals.ts';
import { analyseClip } from './track-listener.ts';

const sampleRate = 44_100;
const kernels = new Kernels();

function sound(seconds: number, sample: (time: number, index: number) => number, rate = sampleRate): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => sample(i / rate, i));
}

function warningsOf(channels: readonly Float32Array[], rate = sampleRate): string {
  return analyseClip(kernels, { sampleRate: rate, channels }).warnings.join('\n');
}

function notesOf(channels: readonly Float32Array[], rate = sampleRate): string {
  return analyseClip(kernels, { sampleRate: rate, channels }).notes.join('\n');
}

const tone = (time: number) => 0.2 * Math.sin(2 * Math.PI * 440 * time);
const clipped = (time: number) => Math.max(-1, Math.min(1, 8 * tone(time)));

/** Music that has a tempo, a key and nothing odd. */
function music(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  const beats = beatsOf(0.1, seconds - 0.2, () => 120);
  playDrums(samples, beats, 4);
  for (let bar = 0; 4 * bar + 4 < beats.length; bar++) {
    const [degree, third] = (
      [
        [0, 4],
        [5, 4],
        [7, 4],
        [0, 4],
      ] as const
    )[bar % 4]!;
    playChord(samples, triad(0, degree, third), beats[4 * bar]!, 2);
  }
  return samples.map((value) => 0.4 * value);
}

/** Pulses of a changing pitch through a changing resonance, in syllables with pauses: no speech, but built like it. */
function speechLike(seconds: number): Float32Array {
  const noise = whiteNoise(Math.round(seconds * TEST_RATE), 8);
  let phase = 0;
  let [y1, y2] = [0, 0];
  return noise.map((hiss, i) => {
    const time = i / TEST_RATE;
    const syllable = Math.max(
      0,
      Math.sin(2 * Math.PI * (2.3 * time + 0.7 * Math.sin(0.9 * time) + 0.4 * Math.sin(2.7 * time))),
    );
    const pitch = 120 + 25 * Math.sin(3.1 * time) + 15 * Math.sin(7.7 * time);
    phase += pitch / TEST_RATE;
    const pulse = phase >= 1 ? 1 : 0;
    phase %= 1;
    const angle = (2 * Math.PI * (700 + 400 * Math.sin(4.3 * time))) / TEST_RATE;
    const y = syllable * (pulse + 0.02 * hiss) + 1.9 * Math.cos(angle) * y1 - 0.9025 * y2;
    [y2, y1] = [y1, y];
    return 0.2 * y;
  });
}

/** Noise whose power falls by 3 dB an octave: white noise through three first-order low-passes (P. Kellet). */
function pinkNoise(seconds: number): Float32Array {
  let [b0, b1, b2] = [0, 0, 0];
  return whiteNoise(Math.round(seconds * TEST_RATE), 4).map((white) => {
    b0 = 0.99765 * b0 + white * 0.099046;
    b1 = 0.963 * b1 + white * 0.2965164;
    b2 = 0.57 * b2 + white * 1.0526913;
    return 0.1 * (b0 + b1 + b2 + white * 0.1848);
  });
}

describe('remarks', () => {
  it('are none on healthy music', () => {
    const samples = music(20);
    expect(warningsOf([samples], TEST_RATE)).toBe('');
    expect(warningsOf([samples, samples.map((value) => 0.5 * value)], TEST_RATE)).toBe('');
    expect(notesOf([samples, samples.map((value) => 0.5 * value)], TEST_RATE)).toBe('');
  });

  it.each([
    ['too short a sound', 0.1, tone, /0\.10 s are too short for tempo, key, structure and loudness/],
    ['silence', 2, () => 0, /-70 LUFS/],
    ['a click in silence', 2, (_: number, i: number) => (i === 44_100 ? 0.9 : 0), /hardly more than a click/],
    ['a constant', 4, () => 0.3, /constant offset of 0\.300/],
    ['a constant under a tone', 4, (time: number) => tone(time) + 0.2, /constant offset of 0\.200/],
    ['a clipped square wave', 2, (time: number) => (tone(time) > 0 ? 1 : -1), /dB over full scale/],
    ['clipping', 4, clipped, /\d\d\.\d\d % of its samples are cut off at full scale/],
    ['music without a pulse', 12, tone, /no tempo/],
    ['a long note', 12, tone, /fit a key/],
  ])('name %s', (_, seconds, sample, expected) => {
    expect(warningsOf([sound(seconds, sample)])).toMatch(expected);
  });

  it.each([
    ['is too short for most', 2, tone, /2\.00 s are too short for tempo, key, structure, short-term loudness/],
    ['has no pulse', 4, tone, /no tempo/],
    ['has one note', 4, tone, /fit a key/],
  ])('note what cannot be said of a sound that %s, and do not warn of it', (_, seconds, sample, expected) => {
    const samples = sound(seconds, sample);
    expect(notesOf([samples])).toMatch(expected);
    expect(warningsOf([samples])).toBe('');
  });

  it('do not take a loud tone for a clipped one', () => {
    expect(warningsOf([sound(4, (time) => 5 * tone(time))])).not.toMatch(/clipped/);
  });

  it('note a dead channel, of two', () => {
    const samples = music(4);
    const silence = new Float32Array(samples.length);
    expect(notesOf([samples, silence], TEST_RATE)).toMatch(/right channel is silent/);
    expect(notesOf([silence, samples], TEST_RATE)).toMatch(/left channel is silent/);
    expect(notesOf([samples, samples.map((value) => 0.002 * value)], TEST_RATE)).not.toMatch(/silent/);
    const six = [samples, samples, samples, silence, samples, silence];
    expect(notesOf(six, TEST_RATE)).not.toMatch(/silent|cancel/);
  });

  it('name channels that cancel each other out', () => {
    const samples = music(12);
    const inverted = samples.map((value) => -value);
    const { tempo, key, loudness, warnings } = analyseClip(kernels, {
      sampleRate: TEST_RATE,
      channels: [samples, inverted],
    });
    expect(warnings.join('\n')).toMatch(/cancel each other out/);
    expect([tempo.bpm, key.tonic]).toEqual([null, null]);
    expect(loudness.integratedLufs).not.toBeNull();
    const unrelated = [whiteNoise(88_200, 1), whiteNoise(88_200, 2)];
    expect(warningsOf(unrelated)).not.toMatch(/cancel/);
    expect(warningsOf([samples, inverted.map((value) => 0.5 * value)], TEST_RATE)).not.toMatch(/cancel/);
    // An offset of both is no sound that could cancel.
    expect(warningsOf([sound(4, (time) => tone(time) + 0.3), sound(4, (time) => tone(time) + 0.3)])).not.toMatch(
      /cancel/,
    );
  });

  it('note a low sample rate, not a high one', () => {
    expect(notesOf([sound(4, tone, 8000)], 8000)).toMatch(/nothing above 4000 Hz/);
    expect(notesOf([sound(4, tone, 192_000)], 192_000)).not.toMatch(/samples a second/);
  });
});

describe('what cannot be said has its reason', () => {
  const stereo = music(12);
  it.each<[string, readonly Float32Array[], number]>([
    ['nothing', [new Float32Array(0)], sampleRate],
    ['one sample', [Float32Array.of(0.5)], sampleRate],
    ['0.3 s', [sound(0.3, tone)], sampleRate],
    ['1 s', [sound(1, tone)], sampleRate],
    ['5 s of silence', [new Float32Array(5 * sampleRate)], sampleRate],
    ['a constant', [sound(5, () => 0.4)], sampleRate],
    ['white noise', [whiteNoise(12 * TEST_RATE, 2)], TEST_RATE],
    ['pink noise', [pinkNoise(12)], TEST_RATE],
    ['something like speech', [speechLike(15)], TEST_RATE],
    ['clipped music', [stereo.map((value) => Math.max(-1, Math.min(1, 20 * value)))], TEST_RATE],
    ['music in one channel', [stereo, new Float32Array(stereo.length)], TEST_RATE],
    ['music with one channel inverted', [stereo, stereo.map((value) => -value)], TEST_RATE],
    ['music at 8 kHz', [stereo], 8000],
    ['a tone at 192 kHz', [sound(4, tone, 192_000)], 192_000],
  ])('%s', (_, channels, rate) => {
    const { tempo, key, loudness, energy, warnings, notes } = analyseClip(kernels, { sampleRate: rate, channels });
    const said = [...warnings, ...notes].join('\n');
    if (tempo.bpm === null) expect(said).toMatch(/tempo/);
    if (key.tonic === null) expect(said).toMatch(/\bkey\b/);
    if (loudness.integratedLufs === null) expect(said).toMatch(/loudness/);
    if (energy.level === null) expect(said).toMatch(/loudness|energy/);
    if (loudness.rangeLu === null) expect(said).toMatch(/loudness range|loudness takes|no loudness/);
    expect(tempo.confidence >= 0 && tempo.confidence <= 1 && key.confidence >= 0 && key.confidence <= 1).toBe(true);
    for (const sentence of [...warnings, ...notes]) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });

  it('no tempo and no key are made up for noise, nor for something like speech', () => {
    for (const samples of [whiteNoise(12 * TEST_RATE, 2), pinkNoise(12), speechLike(15)]) {
      const { tempo, key } = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] });
      expect([tempo.bpm, key.tonic]).toEqual([null, null]);
    }
  });
});
