import { layerLevel } from '../arrangement/layers.ts';
import { createChorus } from './chorus-effect.ts';
import { createDucking } from './ducking.ts';
import { createEcho, ECHO_COUNT } from './echo.ts';
import { createFilterRide, type RidePoint } from './filter-ride.ts';
import { createLevelMeter } from './level-meter.ts';
import type { Performance, StemName } from './performance.ts';
import { createSaturation } from './saturation.ts';
import type { StemEffect } from './stem-effect.ts';
import type { Track } from './track.ts';

const DUCKING_BEATS = 0.85;
/** Frames that go through the whole chain before the next ones: few enough to stay in the processor's cache. */
const BLOCK_FRAMES = 4096;

/**
 * Sends a stem through its effects, in place: clipper -> filter ride -> chorus -> echo -> ducking.
 * @returns its level afterwards, RMS where it plays
 */
export function treatStem(track: Track, name: StemName, performance: Performance): number {
  const { frames, timeline, style, beatSeconds } = performance;
  const { sampleRate } = timeline;
  const effects: StemEffect[] = [];
  if (name !== 'effects') {
    const { driveDb, chorus, echo, ducking } = style.mix[name];
    if (driveDb > 0) effects.push(createSaturation(driveDb));
    if (name === 'chords' || name === 'pad') effects.push(createFilterRide(ridePoints(performance), sampleRate));
    if (chorus > 0) effects.push(createChorus(chorus, sampleRate));
    if (echo > 0) {
      const seconds = style.echoBeats * beatSeconds;
      track.extend(ECHO_COUNT * seconds, sampleRate);
      effects.push(createEcho(echo, seconds, sampleRate));
    }
    if (ducking > 0) {
      effects.push(createDucking(kickFrames(performance), ducking, DUCKING_BEATS * beatSeconds, sampleRate));
    }
  }
  const meter = createLevelMeter(frames, sampleRate);
  runEffects(track, [...effects, meter]);
  return meter.level();
}

/** Level of a finished track, RMS where it plays. */
export function measureLevel(track: Track, sampleRate: number): number {
  const meter = createLevelMeter(track.left.length, sampleRate);
  runEffects(track, [meter]);
  return meter.level();
}

function runEffects(track: Track, effects: readonly StemEffect[]): void {
  for (const run of track.runs()) {
    for (const effect of effects) effect.start(run.from);
    for (let from = run.from; from < run.to; from += BLOCK_FRAMES) {
      const to = Math.min(run.to, from + BLOCK_FRAMES);
      for (const effect of effects) effect.process(track.left, track.right, from, to);
    }
  }
}

function kickFrames({ score, timeline }: Performance): number[] {
  return score.drums.filter((hit) => hit.drum === 'kick').map((hit) => timeline.frameAt(hit.beat));
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
