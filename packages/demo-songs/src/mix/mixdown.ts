import type { Clip } from '@tutti/dsp';
import { applyCurve, fadeEnd, limiterCurve } from './limiter.ts';
import { paintStem } from './painting.ts';
import { type Performance, STEM_NAMES, type StemName } from './performance.ts';
import { addReverb } from './reverb.ts';
import { measureLevel, treatStem } from './stem-chain.ts';
import { Track } from './track.ts';

export interface Mixdown {
  readonly mix: Clip;
  /** Only when they were asked for. */
  readonly stems: Readonly<Record<StemName, Clip>> | undefined;
}

/** RMS of the drums before the mix is brought to its level; the other stems are set beside it. */
const REFERENCE_DB = -20;
const CEILING_DB = -1;

const fromDb = (decibels: number) => 10 ** (decibels / 20);

/**
 * Renders every stem and the mix.
 * Stages: notes -> effects of the stem -> level (-> send to the room) -> sum -> gain of the whole -> limiter and last
 * fade. From the gain on it is one curve that the stems get as well: they add up to the mix.
 */
export function renderMixdown(performance: Performance, wantsStems: boolean): Mixdown {
  const { frames, timeline, style } = performance;
  const { sampleRate } = timeline;
  const mix = new Track(frames, sampleRate);
  const send = new Float32Array(frames);
  const kept: { name: StemName; track: Track; gain: number }[] = [];
  let track = new Track(frames, sampleRate);
  for (const name of STEM_NAMES) {
    paintStem(track, name, performance);
    const { levelDb, reverb } = name === 'effects' ? style.transitions : style.mix[name];
    const level = treatStem(track, name, performance);
    let gain = level > 0 ? fromDb(REFERENCE_DB + levelDb) / level : 1;
    if (name === 'effects') {
      scale(track, gain);
      gain = 1;
      addReverb(track, send, style.room.seconds, style.room.brightness, sampleRate);
    }
    addTo(mix, send, track, gain, reverb);
    if (wantsStems) {
      kept.push({ name, track, gain });
      track = new Track(frames, sampleRate);
    } else {
      track.clear();
    }
  }
  const gain = fromDb(style.mixRmsDb) / Math.max(measureLevel(mix, sampleRate), 1e-9);
  const curve = limiterCurve(mix.left, mix.right, fromDb(CEILING_DB) / gain, sampleRate);
  fadeEnd(curve, sampleRate);
  const finished = (source: Track, sourceGain: number): Clip => {
    const channels = [source.left, source.right];
    for (const channel of channels) applyCurve(channel, curve, gain * sourceGain);
    return { sampleRate, channels };
  };
  const stems = kept.map((stem) => [stem.name, finished(stem.track, stem.gain)] as const);
  return {
    mix: finished(mix, 1),
    stems: wantsStems ? (Object.fromEntries(stems) as Record<StemName, Clip>) : undefined,
  };
}

function scale(track: Track, gain: number): void {
  for (const { from, to } of track.runs()) {
    for (const channel of [track.left, track.right]) {
      for (let i = from; i < to; i++) channel[i]! *= gain;
    }
  }
}

/** Adds a track times `gain` to the mix, and `reverb` of its middle to the send. */
function addTo(mix: Track, send: Float32Array, track: Track, gain: number, reverb: number): void {
  for (const { from, to } of track.runs()) {
    mix.occupy(from, to);
    addRun(mix, send, track, from, to, gain, 0.5 * reverb);
  }
}

function addRun(
  mix: Track,
  send: Float32Array,
  track: Track,
  from: number,
  to: number,
  gain: number,
  sendGain: number,
): void {
  const { left, right } = track;
  const { left: mixLeft, right: mixRight } = mix;
  for (let i = from; i < to; i++) {
    const leftSample = gain * left[i]!;
    const rightSample = gain * right[i]!;
    mixLeft[i]! += leftSample;
    mixRight[i]! += rightSample;
    send[i]! += sendGain * (leftSample + rightSample);
  }
}
