import { setTimeout as sleep } from 'node:timers/promises';
import { context, propagation, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { readConfiguration } from '@tutti/workflows';

const PATIENCE_MILLISECONDS = 5000;

/** Sends the traces of this process to `exporter` until it is ended. @returns ends it; what is left is sent before */
export async function startTraces(exporter: SpanExporter, version: string): Promise<() => Promise<void>> {
  const [
    { BatchSpanProcessor, TracerProvider },
    { AsyncLocalStorageContextManager },
    core,
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'tutti', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return async () => {
    for (const api of [trace, propagation, context]) api.disable();
    // A collector that is away holds nobody up: what it does not take is lost.
    const late = new AbortController();
    const left = provider.shutdown().catch(() => {});
    await Promise.race([left, sleep(PATIENCE_MILLISECONDS, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
  };
}

/** Does something while the traces of this process are sent to where the settings say; nothing is loaded where they do not. */
export async function withTraces<Result>(version: string, work: () => Promise<Result>): Promise<Result> {
  const { traces } = readConfiguration().set;
  if (traces === undefined) return work();
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const stop = await startTraces(new OTLPTraceExporter({ url: String(traces) }), version);
  try {
    return await work();
  } finally {
    await stop();
  }
}
