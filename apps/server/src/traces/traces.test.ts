import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { API_BASE } from '@tutti/contract/api';
import { writeSmallSong } from '@tutti/media/testing';
import { beforeAll, expect, it } from 'vitest';
import { runningServer } from '../testing/running-server.ts';
import { startTraces, withTraces } from './start-traces.ts';

/** What is read back stays after the end of what sent it. */
class KeptSpans extends InMemorySpanExporter {
  readonly spans: ReadableSpan[] = [];

  override export(...[spans, told]: Parameters<InMemorySpanExporter['export']>): void {
    this.spans.push(...spans);
    super.export(spans, told);
  }
}

const kept = new KeptSpans();
let stop: () => Promise<void>;
// Before the service, which would start none by itself.
beforeAll(async () => {
  stop = await startTraces(kept, '1.2.3');
});
const server = runningServer();

const SLOW = { timeout: 120_000 };
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

it(
  'a trace goes from a request to the job that it asks for, to the jobs that that one asks for, and their stages',
  SLOW,
  async () => {
    const music = join(server.home, 'music');
    mkdirSync(music);
    writeSmallSong(join(music, 'song.wav'), { bpm: 120, seconds: 4, rootHz: 110 });
    const response = await fetch(`${server.origin}${API_BASE}/jobs`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        traceparent: `00-${TRACE}-${CALLER}-01`,
        'x-request-id': 'request-1',
      },
      body: JSON.stringify({ type: 'scan', input: { folders: [music] } }),
    });
    expect(response.status).toBe(202);
    // Of another trace.
    await fetch(`${server.origin}${API_BASE}/roots`);
    for (;;) {
      const { items } = await server.client.call('listJobs', { query: {} });
      if (items.length === 3 && items.every(({ state }) => state === 'done')) break;
      await sleep(50);
    }
    await stop();
    const span = (name: string) => {
      const found = kept.spans.filter((each) => each.name === name);
      expect([name, found.length]).toEqual([name, 1]);
      return found[0]!;
    };
    const parentOf = (name: string) => span(name).parentSpanContext?.spanId;
    const idOf = (name: string) => span(name).spanContext().spanId;
    expect(parentOf('submitJob')).toBe(CALLER);
    expect(parentOf('job scan')).toBe(idOf('submitJob'));
    expect(parentOf('job analyse')).toBe(idOf('job scan'));
    expect(parentOf('job index')).toBe(idOf('job scan'));
    expect(parentOf('listening')).toBe(idOf('job analyse'));
    for (const name of ['submitJob', 'job scan', 'job analyse', 'job index', 'listening']) {
      expect([name, span(name).spanContext().traceId]).toEqual([name, TRACE]);
    }
    expect(span('listRoots').spanContext().traceId).not.toBe(TRACE);
    expect(span('submitJob').attributes).toMatchObject({
      ...{ 'http.request.method': 'POST', 'http.response.status_code': 202, 'tutti.request.id': 'request-1' },
    });
    expect(span('job analyse').attributes).toMatchObject({ 'tutti.job.owner': 'local', 'tutti.job.attempt': 1 });
    expect(span('submitJob').resource.attributes).toMatchObject({
      'service.name': 'tutti',
      'service.version': '1.2.3',
    });
    // A stage lies within its job.
    const [outer, inner] = [span('job analyse'), span('listening')];
    const from = ([seconds, nanoseconds]: readonly [number, number]) => seconds + nanoseconds / 1e9;
    expect(from(inner.startTime)).toBeGreaterThanOrEqual(from(outer.startTime) - 0.01);
    expect(from(inner.endTime)).toBeLessThanOrEqual(from(outer.endTime) + 0.01);
  },
);

it('traces are sent to where the settings say, and not at all without', SLOW, async () => {
  const bodies: string[] = [];
  const collector = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => bodies.push(`${request.url} ${text}`));
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const { trace } = await import('@opentelemetry/api');
  const work = async () => trace.getTracer('tutti').startSpan('a stage of a test').end();
  await withTraces('1.2.3', work);
  expect(bodies).toEqual([]);
  process.env['TUTTI_TRACES'] = `http://127.0.0.1:${port}/v1/traces`;
  try {
    await withTraces('1.2.3', work);
  } finally {
    delete process.env['TUTTI_TRACES'];
    collector.close();
  }
  expect(bodies.join('')).toContain('/v1/traces');
  expect(bodies.join('')).toContain('a stage of a test');
});
