import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { reasonOf } from './errors.ts';
import type { JobRecord } from './queue/job-record.ts';

const FIELD = 'traceparent';

/** The trace that goes on where this is called, as it is kept with a job; null where there is none. */
export function traceNow(): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier[FIELD] ?? null;
}

/** Does the work on a job within the trace that it was asked for in. Costs nothing where nobody traces. */
export function inTraceOf<Result>(
  { id, type, owner, attempt, trace: kept }: JobRecord,
  work: () => Promise<Result>,
): Promise<Result> {
  const parent = kept === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { [FIELD]: kept });
  const attributes = { 'tutti.job.id': id, 'tutti.job.owner': owner, 'tutti.job.attempt': attempt };
  const options = { kind: SpanKind.CONSUMER, attributes };
  return trace.getTracer('tutti').startActiveSpan(`job ${type}`, options, parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
