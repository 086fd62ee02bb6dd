import { type Context, context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Makes a span of every request, within the trace that it names (`traceparent` of W3C Trace Context), and lets what it asks for go
 * on in it. Nothing is done where nobody traces. To be called before other hooks.
 */
export function mountTraces(app: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, Context>();
  app.addHook('onRequest', (request, _, done) => {
    const { method, headers, routeOptions, id } = request;
    const { config, url } = routeOptions;
    const parent = propagation.extract(ROOT_CONTEXT, headers);
    const attributes = { 'http.request.method': method, 'http.route': url ?? '', 'tutti.request.id': id };
    const span = trace
      .getTracer('tutti')
      .startSpan(config?.operation ?? `${method} ${url ?? ''}`.trim(), { kind: SpanKind.SERVER, attributes }, parent);
    contexts.set(request, trace.setSpan(parent, span));
    done();
  });
  // Right before the handler: bodies are read in the name of their connection, which knows nothing of requests.
  app.addHook('preHandler', (request, _, done) => context.with(contexts.get(request) ?? ROOT_CONTEXT, done));
  app.addHook('onResponse', async (request, { statusCode }) => {
    const span = trace.getSpan(contexts.get(request) ?? ROOT_CONTEXT);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
