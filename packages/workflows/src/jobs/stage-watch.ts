import { trace } from '@opentelemetry/api';
import type { EndedStage, JobObserver } from './job-observer.ts';

interface Stage {
  readonly name: string;
  /** Milliseconds since 1970, by the clock that does not leap. */
  readonly start: number;
  end: number;
}

/** What goes through one sound from its start to its end, by the type of the job; of other stages the sound has no one length. */
const WHOLE_SOUND: Readonly<Record<string, readonly string[]>> = {
  analyse: ['listening'],
  mix: ['rendering'],
  master: ['measuring', 'rendering'],
  balance: ['listening', 'adding up', 'rendering'],
};

const now = () => performance.timeOrigin + performance.now();

/** Follows what a thread says that it does: each stage goes on until the next one is named. */
export class StageWatch {
  readonly #type: string;
  readonly #stages: Stage[] = [];

  /** @param first what it does until it says something */
  constructor(type: string, first: string) {
    this.#type = type;
    this.say(first);
  }

  say(name: string): void {
    const last = this.#stages.at(-1);
    if (last?.name === name) return;
    if (last !== undefined) last.end = now();
    this.#stages.push({ name, start: now(), end: Number.NaN });
  }

  /** The work is over: the stages become spans of the trace that goes on, and are told. */
  end(observer: JobObserver | undefined, soundSeconds: number | undefined): void {
    this.#stages.at(-1)!.end = now();
    for (const { name, start, end } of this.#stages) {
      trace.getTracer('tutti').startSpan(name, { startTime: start }).end(end);
      observer?.stageEnded(this.#stage(name, end - start, soundSeconds));
    }
  }

  #stage(stage: string, milliseconds: number, soundSeconds: number | undefined): EndedStage {
    const whole = WHOLE_SOUND[this.#type]?.includes(stage) ? (soundSeconds ?? null) : null;
    return { type: this.#type, stage, seconds: milliseconds / 1000, soundSeconds: whole };
  }
}
