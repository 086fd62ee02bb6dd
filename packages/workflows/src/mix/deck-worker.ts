// What each thread that plays tracks of a mix does; it may play several at once.
import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { type MixPlanTrack, playPart, seatFor, type TrackPart } from '@tutti/music/mixing';
import { failureOf } from '../failure.ts';
import type { Lane } from '../mix-picture/lane.ts';
import { pieceOf } from './deck-memory.ts';
import { LaneRecorder } from './lane-recorder.ts';

/** The drawn lane of a track, once for each of some steps. */
export type Lanes = readonly Lane['waveform'][];

export interface LaneTask {
  readonly track: MixPlanTrack;
  /** Steps in which its lane is drawn, seconds. */
  readonly hops: readonly number[];
}

export interface DeckTask {
  readonly part: TrackPart;
  readonly memory: SharedArrayBuffer;
  /** Steps in which its lane is drawn, seconds; none when it is not. */
  readonly hops: readonly number[];
  /** Takes numbers of pieces that may be filled, and gives `DeckMessage`s. Closing it ends the task. */
  readonly port: MessagePort;
}

/** What a deck tells: a piece that it filled, then how it ended. */
export type DeckMessage =
  | { readonly piece: number; readonly frames: number }
  | { readonly lanes: Lanes }
  | { readonly failure: Failure };

const idle: Kernels[] = [];

/** Does some work with kernels of its own, since decks of a thread end in any order. */
async function lent<Result>(work: (kernels: Kernels) => Promise<Result>): Promise<Result> {
  const kernels = idle.pop() ?? new Kernels();
  const mark = kernels.mark();
  try {
    return await work(kernels);
  } finally {
    kernels.release(mark);
    idle.push(kernels);
  }
}

/** Plays a track into the pieces that it is given. Never rejects: what fails is told. */
export async function deckTask(task: DeckTask): Promise<void> {
  const { port } = task;
  try {
    const lanes = await lent((hearing) => lent((kernels) => play(task, kernels, new LaneRecorder(hearing))));
    tell(port, { lanes });
  } catch (error) {
    tell(port, { failure: failureOf(error) });
  } finally {
    port.close();
  }
}

async function play({ part, memory, port, hops }: DeckTask, kernels: Kernels, recorder: LaneRecorder): Promise<Lanes> {
  const { track } = part;
  const pieces = new GivenPieces(port);
  const open = async () => {
    const source = await openAudio(track.path);
    return hops.length > 0 ? recorder.listen(source) : source;
  };
  for await (const block of playPart(part, open, seatFor(part, kernels))) {
    const piece = await pieces.next();
    if (piece === null) break;
    block.read(pieceOf(memory, piece), 0);
    tell(port, { piece, frames: block.frames });
  }
  return hops.map((hop) => recorder.waveform(track, hop));
}

function tell(port: MessagePort, message: DeckMessage): void {
  port.postMessage(message);
}

/**
 * Draws the lane of a track that nobody played; called by its name in a thread.
 * @public
 */
export function laneTask({ track, hops }: LaneTask): Promise<Lanes> {
  return lent(async (kernels) => {
    const recorder = new LaneRecorder(kernels);
    await recorder.hear(await openAudio(track.path));
    return hops.map((hop) => recorder.waveform(track, hop));
  });
}

/** Numbers of pieces as they come. */
class GivenPieces {
  readonly #numbers: number[] = [];
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(port: MessagePort) {
    port.on('message', (number: number) => {
      this.#numbers.push(number);
      this.#wake();
    });
    port.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  /** The next piece that may be filled; null when nobody wants any more. */
  async next(): Promise<number | null> {
    while (this.#numbers.length === 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#isClosed ? null : this.#numbers.shift()!;
  }
}
