import { type Kernels, SampleBlock } from '@tutti/dsp';
import type { TrackSource } from '../sources/track-source.ts';
import { Deck } from './deck.ts';
import type { MixPlan, MixPlanTrack } from './plan-schema.ts';
import { mixSegments, SEGMENT_FRAMES } from './segments.ts';

/** The longest run of frames of a track that is played at once. */
export const PLAYED_FRAMES = 16_384;

/** All that has to be known to play one track of a mix: plain data, which may go to another thread. */
export interface TrackPart {
  readonly sampleRate: MixPlan['sampleRate'];
  readonly master: MixPlan['master'];
  readonly track: MixPlanTrack;
  /** Frames from the track's first one to where each segment of the mix that it sounds in ends, ascending. */
  readonly cuts: Uint32Array<ArrayBuffer>;
}

/** First frame of the mix in which a track sounds, and the one past the last. */
export function framesOf(
  track: MixPlanTrack,
  { sampleRate, seconds }: MixPlan,
): readonly [first: number, last: number] {
  const frame = (at: number) => Math.round(Math.min(at, seconds) * sampleRate);
  return [frame(track.start), frame(track.end)];
}

/** Takes a plan apart. @returns gives the part of a track by its index */
export function trackParts(plan: MixPlan): (index: number) => TrackPart {
  const segments = mixSegments(plan);
  const { sampleRate, master, tracks } = plan;
  return (index) => {
    const track = tracks[index]!;
    const [first, last] = framesOf(track, plan);
    return { sampleRate, master, track, cuts: Uint32Array.from(segments(first, last), (end) => end - first) };
  };
}

/** A deck, and where what it plays comes to lie. */
export interface Seat {
  readonly deck: Deck;
  readonly out: SampleBlock;
}

/** A seat in the kernels' memory. */
export function seatFor(part: Pick<TrackPart, 'sampleRate' | 'master'>, kernels: Kernels): Seat {
  return { deck: new Deck(kernels, part, SEGMENT_FRAMES), out: new SampleBlock(kernels, 2, PLAYED_FRAMES) };
}

/**
 * Plays a part from its first frame to its last.
 * @param openSource is closed at the end, whatever happens
 * @param seat nobody else's meanwhile
 * @yields the seat's `out` again and again: its samples are good until the next are asked for
 * @throws MixingError 'source' when the source is shorter than the plan says or of a form that cannot be mixed; what it throws
 */
export async function* playPart(
  { track, sampleRate, cuts }: TrackPart,
  openSource: () => Promise<TrackSource>,
  { deck, out }: Seat,
  signal?: AbortSignal,
): AsyncGenerator<SampleBlock, void, undefined> {
  const source = await openSource();
  const first = Math.round(track.start * sampleRate);
  try {
    deck.load(track, source);
    out.frames = 0;
    let from = first;
    for (const cut of cuts) {
      const to = first + cut;
      if (deck.needs(to)) await deck.fill(to, signal);
      if (out.frames + to - from > out.capacity) {
        yield out;
        out.frames = 0;
      }
      const segment = deck.play(from, to);
      for (let channel = 0; channel < 2; channel++)
        out.channel(channel).set(segment.channel(channel).subarray(0, segment.frames), out.frames);
      out.frames += segment.frames;
      from = to;
    }
    if (out.frames > 0) yield out;
  } finally {
    await deck.unload();
  }
}
