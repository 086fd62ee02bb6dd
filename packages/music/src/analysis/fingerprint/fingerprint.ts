import { decodeBase64, encodeBase64, type Features, PITCH_BINS } from '@tutti/dsp';
import type { FingerprintAnalysis } from '../track-analysis.ts';

/** Changes whenever the same sound may get another fingerprint: those of different models are not to be compared. */
export const FINGERPRINT_MODEL = 'tutti-bits/1';
/** From one word to the next: that of the pitch frames, whatever the sample rate. */
export const FINGERPRINT_HOP_SECONDS = 0.08;

/** Bands of a whole tone from 300 Hz to 2 kHz, where every encoder keeps what is there. */
const FIRST_BIN = 88;
const BINS_IN_BAND = 6;
const BANDS = 17;
/** A word looks back this far, in words: 0.32 s. Windows are 0.37 s long, so hardly anything is seen twice. */
const LOOK_BACK = 4;
/** Power below the loudest frame of the sound at which nothing is said: 70 dB. */
const UNHEARD = 1e-7;

/**
 * The fingerprint of a sound: words of 16 bits, each the sign of how the difference of two neighbouring bands has changed.
 * Level, equalisers and encoders hardly change it; another performance, other instruments or another mix do.
 * Stages: powers of 17 bands -> difference of neighbours -> minus that 0.32 s before -> sign.
 * @returns null for silence
 * Source: J. Haitsma and T. Kalker, "A highly robust audio fingerprinting system", ISMIR 2002; there 32 bits every 11.6 ms.
 */
export function fingerprintOf({ pitchFrames, pitchFrameRate }: Features): FingerprintAnalysis | null {
  const frames = pitchFrames.length / PITCH_BINS;
  const count = frames === 0 ? 0 : 1 + Math.floor((frames - 1) / (FINGERPRINT_HOP_SECONDS * pitchFrameRate));
  const powers = new Float64Array(count * BANDS);
  const loudness = new Float64Array(count);
  for (let word = 0; word < count; word++) {
    const frame = Math.min(frames - 1, Math.round(word * FINGERPRINT_HOP_SECONDS * pitchFrameRate));
    for (let band = 0; band < BANDS; band++) {
      const at = frame * PITCH_BINS + FIRST_BIN + band * BINS_IN_BAND;
      let sum = 0;
      for (let bin = 0; bin < BINS_IN_BAND; bin++) sum += pitchFrames[at + bin]! ** 2;
      powers[word * BANDS + band] = sum;
      loudness[word]! += sum;
    }
  }
  const least = UNHEARD * loudness.reduce((most, power) => Math.max(most, power), 0);
  const words = new Uint16Array(count);
  for (let word = LOOK_BACK; word < count; word++) {
    if (loudness[word]! <= least) continue;
    const [now, before] = [word * BANDS, (word - LOOK_BACK) * BANDS];
    for (let bit = 0; bit + 1 < BANDS; bit++) {
      const rise = powers[now + bit]! - powers[now + bit + 1]! - (powers[before + bit]! - powers[before + bit + 1]!);
      if (rise > 0) words[word]! |= 1 << bit;
    }
  }
  if (words.every((word) => word === 0)) return null;
  return { model: FINGERPRINT_MODEL, words: encodeBase64(bytesOf(words)) };
}

/** Words as bytes, the lower one first. */
function bytesOf(words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * words.length);
  words.forEach((word, i) => {
    bytes[2 * i] = word;
    bytes[2 * i + 1] = word >> 8;
  });
  return bytes;
}

/** The words of a fingerprint. @throws RangeError when it holds none */
export function fingerprintWords({ words }: Pick<FingerprintAnalysis, 'words'>): Uint16Array {
  const bytes = /^(?:[A-Za-z0-9+/]{4})+$|^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,3}={1,2}$/.test(words)
    ? decodeBase64(words)
    : new Uint8Array(0);
  if (bytes.length === 0 || bytes.length % 2 !== 0)
    throw new RangeError(`a fingerprint is words of two bytes in base64; this one has ${bytes.length} bytes`);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}
