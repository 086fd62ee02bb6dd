import type { Envelope } from './patch.ts';

/** The release aims this far below silence, so that it arrives there. */
const OVERSHOOT = 0.008;
/** Time constants after which it arrives. */
const RELEASE_CONSTANTS = Math.log(1 / OVERSHOOT + 1);

/** Frames of a note with its release. */
export function framesWithRelease(heldSeconds: number, releaseSeconds: number, sampleRate: number): number {
  return Math.ceil((heldSeconds + releaseSeconds * RELEASE_CONSTANTS) * sampleRate);
}

const decayFactor = (seconds: number, sampleRate: number) => Math.exp(-1 / (Math.max(seconds, 1e-4) * sampleRate));

/**
 * Gain of an envelope, frame by frame: straight attack, exponential decay and release.
 * @param heldSeconds how long the key is held
 */
export function envelopeGains(
  envelope: Envelope,
  heldSeconds: number,
  frames: number,
  sampleRate: number,
): Float32Array {
  const gains = new Float32Array(frames);
  const attackFrames = Math.max(1, Math.round(envelope.attack * sampleRate));
  const heldFrames = Math.min(frames, Math.round(heldSeconds * sampleRate));
  const decay = decayFactor(envelope.decay, sampleRate);
  const release = decayFactor(envelope.release, sampleRate);
  let level = 0;
  for (let i = 0; i < heldFrames; i++) {
    level = i < attackFrames ? (i + 1) / attackFrames : envelope.sustain + (level - envelope.sustain) * decay;
    gains[i] = level;
  }
  for (let i = heldFrames; i < frames; i++) {
    level = (level + OVERSHOOT) * release - OVERSHOOT;
    if (level <= 0) break;
    gains[i] = level;
  }
  return gains;
}
