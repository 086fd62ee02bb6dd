import type { EndedJob, EndedStage, JobObserver } from '@tutti/workflows';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds: what a person waits for (the first ones), and what jobs take. */
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const WORK_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200];
/** How many times faster than the sound lasts. */
const FACTOR_BUCKETS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 400, 800, 1600];

/** An answer that was given. */
export interface Answered {
  /** Of the API, or the path of a route beside it. */
  readonly operation: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

/** The figures of this process, as Prometheus reads them: they begin with it, and grow until it ends. */
export class ServiceMetrics implements JobObserver {
  readonly registry = new Registry();
  readonly #answers: Histogram<'operation' | 'method' | 'status'>;
  readonly #underWay: Gauge;
  readonly #jobs: Histogram<'type' | 'state'>;
  readonly #waits: Histogram<'type'>;
  readonly #stages: Histogram<'type' | 'stage'>;
  readonly #factors: Histogram<'type' | 'stage'>;
  readonly #analyses: Counter<'known'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#answers = new Histogram({
      ...{ name: 'tutti_http_request_duration_seconds', registers, buckets: ANSWER_BUCKETS },
      help: 'How long requests took until all of the answer was sent: their number, their errors (by status) and their durations',
      labelNames: ['operation', 'method', 'status'],
    });
    this.#underWay = new Gauge({
      ...{ name: 'tutti_http_requests_under_way', registers, help: 'Requests that have not been answered yet' },
    });
    this.#jobs = new Histogram({
      ...{ name: 'tutti_job_duration_seconds', registers, buckets: WORK_BUCKETS },
      help: 'How long the last try of the jobs that ended in this process took',
      labelNames: ['type', 'state'],
    });
    this.#waits = new Histogram({
      ...{ name: 'tutti_job_wait_seconds', registers, buckets: WORK_BUCKETS },
      help: 'How long those jobs waited from their asking to that try',
      labelNames: ['type'],
    });
    this.#stages = new Histogram({
      ...{ name: 'tutti_stage_duration_seconds', registers, buckets: WORK_BUCKETS },
      help: 'How long the stages of the jobs took that are worked on in threads of this process',
      labelNames: ['type', 'stage'],
    });
    this.#factors = new Histogram({
      ...{ name: 'tutti_stage_realtime_factor', registers, buckets: FACTOR_BUCKETS },
      help: 'Seconds of sound that a stage went through in a second, where it goes through one sound',
      labelNames: ['type', 'stage'],
    });
    this.#analyses = new Counter({
      ...{ name: 'tutti_analyses_needed_total', registers },
      help: 'Analyses that jobs needed: known ones had been made before',
      labelNames: ['known'],
    });
  }

  began(): void {
    this.#underWay.inc();
  }

  answered({ operation, method, status, seconds }: Answered): void {
    this.#underWay.dec();
    this.#answers.observe({ operation, method, status }, seconds);
  }

  jobEnded({ type, state, waitSeconds, seconds }: EndedJob): void {
    this.#jobs.observe({ type, state }, seconds);
    this.#waits.observe({ type }, waitSeconds);
  }

  stageEnded({ type, stage, seconds, soundSeconds }: EndedStage): void {
    this.#stages.observe({ type, stage }, seconds);
    if (soundSeconds !== null && seconds > 0) this.#factors.observe({ type, stage }, soundSeconds / seconds);
  }

  analysisNeeded(known: boolean): void {
    this.#analyses.inc({ known: String(known) });
  }
}
