import { type Clip, clipFrames, type Kernels, type SampleBlock } from '@tutti/dsp';
import { type MixPlan, SpanRecorder } from '@tutti/music/mixing';
import type { HeardPart } from '../mix-report/report-data.ts';
import { flacOfClip } from '../report-page/clip-flac.ts';
import { type ListeningSpan, listeningSpans } from './listening-spans.ts';

/** A part that takes more than its share is cut to this much of what would fit, so that it fits at once. */
const ROOM = 0.95;
const SHORTEST_SECONDS = 0.05;

/** A part while it is heard. */
interface RunningPart {
  readonly index: number;
  readonly span: ListeningSpan;
  readonly recorder: SpanRecorder;
}

/**
 * Keeps the sound of each transition while a mix is rendered, as FLAC for a page. Samples are held of those transitions only
 * that are being heard.
 */
export class TransitionRecorder {
  readonly #plan: MixPlan;
  readonly #kernels: Kernels;
  readonly #highestRate: number;
  readonly #waiting: { readonly index: number; readonly span: ListeningSpan }[];
  readonly #running: RunningPart[] = [];
  readonly #parts: (HeardPart | null)[];
  #at = 0;

  /**
   * @param kernels not those of the render: they are used between its blocks
   * @param mostBytes that all parts together may have
   */
  constructor(plan: MixPlan, kernels: Kernels, mostBytes?: number) {
    const { spans, highestRate } = listeningSpans(plan, mostBytes);
    this.#plan = plan;
    this.#kernels = kernels;
    this.#highestRate = highestRate;
    this.#waiting = spans
      .map((span, index) => ({ index, span }))
      .filter(({ span }) => span.end - span.start >= SHORTEST_SECONDS)
      .sort((a, b) => b.span.start - a.span.start);
    this.#parts = spans.map(() => null);
  }

  /** Takes the next block of the mix. */
  async push(block: SampleBlock): Promise<void> {
    const { sampleRate } = this.#plan;
    for (;;) {
      const next = this.#waiting.at(-1);
      if (!next || Math.round(next.span.start * sampleRate) >= this.#at + block.frames) break;
      this.#waiting.pop();
      const [start, end] = [next.span.start, next.span.end].map(
        (seconds) => Math.round(seconds * sampleRate) - this.#at,
      );
      this.#running.push({ ...next, recorder: new SpanRecorder(2, { start: start!, end: end! }) });
    }
    const channels = [block.channel(0), block.channel(1)];
    for (const { recorder } of this.#running) recorder.push(channels, block.frames);
    this.#at += block.frames;
    for (const done of this.#running.filter(({ recorder }) => recorder.isFull)) await this.#encode(done);
  }

  /** The parts, one for each transition of the plan; null for one that lies outside of the mix. */
  async finish(): Promise<readonly (HeardPart | null)[]> {
    for (const done of [...this.#running]) await this.#encode(done);
    return this.#parts;
  }

  async #encode(done: RunningPart): Promise<void> {
    this.#running.splice(this.#running.indexOf(done), 1);
    const { index, span, recorder } = done;
    const clip = recorder.clip(this.#plan.sampleRate);
    const middle = (span.start + span.end) / 2;
    for (let seconds = span.end - span.start; ; ) {
      const flac = await flacOfClip(middleOf(clip, seconds), this.#highestRate, this.#kernels);
      if (flac.length <= span.bytes || seconds <= SHORTEST_SECONDS) {
        const sampleRate = Math.min(this.#highestRate, clip.sampleRate);
        this.#parts[index] = { start: middle - seconds / 2, end: middle + seconds / 2, sampleRate, flac };
        return;
      }
      seconds = Math.max(SHORTEST_SECONDS, (ROOM * seconds * span.bytes) / flac.length);
    }
  }
}

function middleOf({ sampleRate, channels }: Clip, seconds: number): Clip {
  const whole = clipFrames({ sampleRate, channels });
  const frames = Math.min(whole, Math.round(seconds * sampleRate));
  const from = (whole - frames) >> 1;
  return { sampleRate, channels: channels.map((samples) => samples.subarray(from, from + frames)) };
}
