// How much a process adds to test tones. All figures are shares of the tone's own power, so the gain does not matter.
// A second of a tone of a whole number of Hz holds whole periods: each partial is one coefficient of its Fourier series,
// and nothing leaks.

export interface Distortion {
  /** Sum of the powers of the harmonics, dB under the fundamental (IEC 60268-3, 14.12.3, as a level). */
  readonly harmonicDb: number;
  /** Power of everything that is neither the fundamental nor a constant, dB under the fundamental. */
  readonly residualDb: number;
}

/** What is under this is rounding of the files, dB under the tone. */
const FLOOR = 1e-15;

/** Powers of partials of a second of sound, by their whole frequency: half of the amplitude squared. */
function partialPowers(second: Float64Array): (frequencyHz: number) => number {
  const { length } = second;
  const cosines = Float64Array.from({ length }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sines = Float64Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * i) / length));
  return (frequencyHz) => {
    let cosine = 0;
    let sine = 0;
    for (let i = 0, turn = 0; i < length; i++, turn = (turn + frequencyHz) % length) {
      cosine += second[i]! * cosines[turn]!;
      sine += second[i]! * sines[turn]!;
    }
    return (2 * (cosine * cosine + sine * sine)) / length ** 2;
  };
}

function powerAndMean(second: Float64Array): { power: number; mean: number } {
  let power = 0;
  let mean = 0;
  for (const value of second) {
    power += (value * value) / second.length;
    mean += value / second.length;
  }
  return { power, mean };
}

const level = (ratio: number) => 10 * Math.log10(Math.max(FLOOR, ratio));

/**
 * @param second one second of what came out: as many samples as the sample rate says
 * @param frequencyHz of the tone that went in: whole
 */
export function toneDistortion(second: Float64Array, frequencyHz: number): Distortion {
  const powerAt = partialPowers(second);
  const fundamental = powerAt(frequencyHz);
  let harmonics = 0;
  for (let f = 2 * frequencyHz; f < second.length / 2; f += frequencyHz) harmonics += powerAt(f);
  const { power, mean } = powerAndMean(second);
  return {
    harmonicDb: level(harmonics / fundamental),
    residualDb: level((power - mean * mean - fundamental) / fundamental),
  };
}

/** Orders of the products on either side that are counted. */
const SIDEBANDS = 6;

/**
 * Modulation distortion (SMPTE RP 120; IEC 60268-3, 14.12.7): powers at the high frequency and whole multiples of the low
 * one to either side of it, dB under the high tone.
 */
export function modulationDistortionDb(second: Float64Array, lowHz: number, highHz: number): number {
  const powerAt = partialPowers(second);
  let sidebands = 0;
  for (let n = 1; n <= SIDEBANDS; n++) sidebands += powerAt(highHz - n * lowHz) + powerAt(highHz + n * lowHz);
  return level(sidebands / powerAt(highHz));
}

/**
 * Difference-frequency distortion (CCIF; IEC 60268-3, 14.12.8): powers at the difference of two tones, its multiples, and
 * those that stand beside the tones, dB under the two tones.
 */
export function differenceDistortionDb(second: Float64Array, lowHz: number, highHz: number): number {
  const powerAt = partialPowers(second);
  const difference = highHz - lowHz;
  let products = 0;
  for (let n = 1; n <= SIDEBANDS; n++) {
    products += powerAt(n * difference) + powerAt(lowHz - n * difference);
    const above = highHz + n * difference;
    if (above < second.length / 2) products += powerAt(above);
  }
  return level(products / (powerAt(lowHz) + powerAt(highHz)));
}
