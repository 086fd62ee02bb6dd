import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, strike, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import { analyseClip } from '../track-listener.ts';

// What makes a beat sound like a beat, and the first of a bar like one: each accent on its own, in music that has no other.

const kernels = new Kernels();
const SECONDS = 40;
const NEAR_SECONDS = 0.04;

/** Share of the true moments that were found and of the found ones that are true, both at once. */
function agreement(truth: readonly number[], found: readonly number[]): number {
  const near = (time: number, others: readonly number[]) =>
    others.some((other) => Math.abs(other - time) < NEAR_SECONDS);
  const hits = truth.filter((time) => near(time, found)).length + found.filter((time) => near(time, truth)).length;
  return hits / (truth.length + found.length);
}

interface Played {
  readonly samples: Float32Array;
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
}

/** Plays something at each beat. @param play receives the place in the bar and the number of the bar */
function played(
  { bpm, meter, pickUp = 0 }: { bpm: number; meter: number; pickUp?: number },
  play: (samples: Float32Array, time: number, place: number, bar: number) => void,
): Played {
  const samples = new Float32Array(SECONDS * TEST_RATE);
  const beats = beatsOf(0.4, SECONDS - 1, () => bpm);
  const placeOf = (i: number) => (i - pickUp + meter) % meter;
  beats.forEach((time, i) => {
    play(samples, time, placeOf(i), Math.floor((i - pickUp) / meter));
  });
  return { samples, beats, downbeats: beats.filter((_, i) => placeOf(i) === 0) };
}

/** A tone that fades, as of a metronome or a plucked string. */
function pluck(
  target: Float32Array,
  time: number,
  { hertz = 1000, gain = 0.4, seconds = 0.03 }: { hertz?: number; gain?: number; seconds?: number } = {},
): void {
  const start = Math.round(time * TEST_RATE);
  const end = Math.min(target.length, start + Math.round(4 * seconds * TEST_RATE));
  for (let i = start; i < end; i++) {
    const t = (i - start) / TEST_RATE;
    target[i] = target[i]! + gain * Math.exp(-t / seconds) * Math.cos(2 * Math.PI * hertz * t);
  }
}

function expectHeard({ samples, beats, downbeats }: Played, meter: number): void {
  const { tempo } = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] });
  expect(agreement(beats, tempo.beats)).toBeGreaterThan(0.95);
  expect(tempo.meter).toBe(meter);
  expect(agreement(downbeats, tempo.downbeats)).toBeGreaterThan(0.9);
}

const CLICKS = [93, 112, 120, 133.7].flatMap((bpm) => [3, 4].map((meter) => [bpm, meter] as const));

describe('the first beat of a bar', () => {
  it.each(CLICKS)('is the louder click of a metronome at %d in %i', (bpm, meter) => {
    expectHeard(
      played({ bpm, meter }, (samples, time, place) => pluck(samples, time, { gain: place === 0 ? 0.6 : 0.4 })),
      meter,
    );
  });

  it.each(CLICKS)('is the higher click of a metronome at %d in %i', (bpm, meter) => {
    expectHeard(
      played({ bpm, meter }, (samples, time, place) => pluck(samples, time, { hertz: place === 0 ? 1760 : 880 })),
      meter,
    );
  });

  it.each(CLICKS)('is the longer click of a metronome at %d in %i', (bpm, meter) => {
    expectHeard(
      played({ bpm, meter }, (samples, time, place) => pluck(samples, time, { seconds: place === 0 ? 0.12 : 0.03 })),
      meter,
    );
  });

  it.each([3, 4] as const)('is where a bass note begins that is held, in %i', (meter) => {
    expectHeard(
      played({ bpm: 104, meter }, (samples, time, place) => {
        strike(samples, 'hat', time);
        if (place === 0) playChord(samples, [36], time, (60 / 104) * meter, { gain: 0.2 });
      }),
      meter,
    );
  });

  it.each([3, 4] as const)('is where the harmony changes, in %i', (meter) => {
    expectHeard(
      played({ bpm: 116, meter }, (samples, time, place, bar) => {
        strike(samples, 'hat', time);
        const degree = [0, 5, 7, 9][(bar + 4) % 4]!;
        if (place === 0) playChord(samples, triad(0, degree, 4).slice(1), time, (60 / 116) * meter, { gain: 0.05 });
      }),
      meter,
    );
  });

  it('is not the loudest, where a snare plays on two and four', () => {
    expectHeard(
      played({ bpm: 108, meter: 4 }, (samples, time, place, bar) => {
        if (place % 2 === 0) strike(samples, 'kick', time, 0.7);
        else strike(samples, 'snare', time, 2);
        strike(samples, 'hat', time);
        strike(samples, 'hat', time + 30 / 108);
        const degree = [0, 9, 5, 7][(bar + 4) % 4]!;
        if (place === 0) playChord(samples, triad(0, degree, 4), time, 240 / 108, { gain: 0.03 });
      }),
      4,
    );
  });

  it('is found under four even bass drums when something new comes in with every fourth bar', () => {
    expectHeard(
      played({ bpm: 124, meter: 4 }, (samples, time, place, bar) => {
        strike(samples, 'kick', time);
        strike(samples, 'hat', time + 30 / 124);
        if (place % 2 === 1) strike(samples, 'snare', time, 0.5);
        const degree = [0, 5][(bar >> 2) % 2]!;
        if (place === 0 && bar % 4 === 0) playChord(samples, triad(0, degree, 4), time, 960 / 124, { gain: 0.04 });
      }),
      4,
    );
  });

  it.each([1, 2, 3])('is not the first one heard after a pick-up of %i', (pickUp) => {
    expectHeard(
      played({ bpm: 118, meter: 4, pickUp }, (samples, time, place, bar) => {
        strike(samples, place % 2 === 0 ? 'kick' : 'snare', time);
        strike(samples, 'hat', time + 30 / 118);
        const degree = [0, 9, 5, 7][(bar + 4) % 4]!;
        if (place === 0) playChord(samples, triad(0, degree, 4), time, 240 / 118, { gain: 0.05 });
      }),
      4,
    );
  });
});

describe('a beat', () => {
  /** Expects the beats, whatever the bars are. */
  function expectBeats({ samples, beats }: Played): void {
    const { tempo } = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] });
    expect(agreement(beats, tempo.beats)).toBeGreaterThan(0.95);
  }

  it('has the bass drum, though hats between the beats are louder', () => {
    expectBeats(
      played({ bpm: 125, meter: 4 }, (samples, time, place) => {
        strike(samples, 'kick', time);
        if (place % 2 === 1) strike(samples, 'snare', time, 0.6);
        strike(samples, 'hat', time + 30 / 125, 3);
      }),
    );
  });

  it('has the bass drum, though the bass plays between the beats', () => {
    expectBeats(
      played({ bpm: 125, meter: 4 }, (samples, time, place, bar) => {
        strike(samples, 'kick', time);
        if (place % 2 === 1) strike(samples, 'snare', time, 0.6);
        const degree = [0, 0, 5, 7][(bar + 4) % 4]!;
        playChord(samples, [36 + degree, 48 + degree], time + 30 / 125, 28 / 125, { gain: 0.12 });
      }),
    );
  });

  it('goes on under a riff that is played across it', () => {
    expectBeats(
      played({ bpm: 100, meter: 4 }, (samples, time, place, bar) => {
        strike(samples, place % 2 === 0 ? 'kick' : 'snare', time);
        if (place !== 0) return;
        // Three, three and two eighths, twice: every other note lies between two beats.
        const degree = [0, 5, 7, 5][(bar + 4) % 4]!;
        [0, 1.5, 3, 3.5].forEach((beat) => {
          playChord(samples, [48 + degree, 60 + degree], time + beat * 0.6, 0.3, { gain: 0.1 });
        });
      }),
    );
  });

  it('is where long notes begin when a melody plays alone', () => {
    const chances = whiteNoise(400, 3);
    let next = 0;
    expectBeats(
      played({ bpm: 96, meter: 4 }, (samples, time) => {
        const tone = () => 440 * 2 ** ([0, 2, 4, 5, 7, 9][Math.floor(3 * (1 + chances[next++]!))]! / 12);
        const beat = 60 / 96;
        pluck(samples, time, { hertz: tone(), gain: 0.3, seconds: 0.2 });
        // A dotted eighth and a sixteenth, a quarter, or a dotted eighth again: the short one leads to the next beat.
        if (chances[next++]! > -0.4) pluck(samples, time + 0.75 * beat, { hertz: tone(), gain: 0.3, seconds: 0.08 });
      }),
    );
  });

  it('is where the notes begin that the off-beats lead to', () => {
    expectBeats(
      played({ bpm: 84, meter: 3 }, (samples, time, place, bar) => {
        const degree = [0, 5, 7, 0][(bar + 4) % 4]!;
        const beat = 60 / 84;
        playChord(samples, triad(0, degree, 4), time, beat * (place === 0 ? 1 : 0.5), { gain: 0.06 });
        if (place !== 0) playChord(samples, [72 + degree], time + beat / 2, beat / 2, { gain: 0.06 });
      }),
    );
  });
});
