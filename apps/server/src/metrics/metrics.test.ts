import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { API_BASE } from '@tutti/contract/api';
import { writeSmallSong } from '@tutti/media/testing';
import { describe, expect, it } from 'vitest';
import { runningServer } from '../testing/running-server.ts';
import { ended } from '../testing/scanned.ts';
import { queueAndDatabase } from './queue-and-database.ts';

const server = runningServer();
const SLOW = { timeout: 120_000 };
const SECONDS = 6;

/** The samples of a page of figures, by their names and labels as they stand there. */
async function figures(): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${server.origin}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return parsed(await response.text());
}

function parsed(text: string): ReadonlyMap<string, number> {
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const split = samples.map((line) => [line.replace(/ [^ ]*$/, ''), Number(line.replace(/^.* /, ''))] as const);
  // Each sample once: two of one name would hide each other.
  expect(new Set(split.map(([name]) => name)).size).toBe(split.length);
  return new Map(split);
}

describe('the figures', () => {
  it('count and time the answers of each operation, by status', SLOW, async () => {
    for (let n = 0; n < 3; n++) await server.client.call('listRoots', {});
    await fetch(`${server.origin}${API_BASE}/roots?limit=many`);
    await fetch(`${server.origin}/nowhere`);
    const found = await figures();
    const answers = (operation: string, status: number) =>
      found.get(`tutti_http_request_duration_seconds_count{operation="${operation}",method="GET",status="${status}"}`);
    expect([answers('listRoots', 200), answers('listRoots', 400), answers('none', 404)]).toEqual([3, 1, 1]);
    const sum = 'tutti_http_request_duration_seconds_sum{operation="listRoots",method="GET",status="200"}';
    expect(found.get(sum)).toBeGreaterThan(0);
    // The one that asks is under way itself.
    expect(found.get('tutti_http_requests_under_way')).toBe(1);
    expect(found.get('process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  it('tell what jobs, their stages and their analyses came to', SLOW, async () => {
    const music = join(server.home, 'music');
    mkdirSync(music);
    const song = join(music, 'song.wav');
    writeSmallSong(song, { bpm: 120, seconds: SECONDS, rootHz: 110 });
    const submit = async (path: string) => {
      const body = { type: 'analyse' as const, input: { path } };
      const { id } = await server.client.call('submitJob', { body });
      return (await ended(server.client, id)).state;
    };
    expect([await submit(song), await submit(song), await submit(join(music, 'nothing.wav'))]).toEqual([
      ...['done', 'done', 'failed'],
    ]);
    const found = await figures();
    const expected = {
      'tutti_job_duration_seconds_count{type="analyse",state="done"}': 2,
      'tutti_job_duration_seconds_count{type="analyse",state="failed"}': 1,
      'tutti_job_wait_seconds_count{type="analyse"}': 3,
      'tutti_stage_duration_seconds_count{type="analyse",stage="listening"}': 1,
      'tutti_stage_realtime_factor_count{type="analyse",stage="listening"}': 1,
      'tutti_analyses_needed_total{known="false"}': 1,
      'tutti_analyses_needed_total{known="true"}': 1,
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found.get(name)]))).toEqual(expected);
    const seconds = found.get('tutti_stage_duration_seconds_sum{type="analyse",stage="listening"}')!;
    const factor = found.get('tutti_stage_realtime_factor_sum{type="analyse",stage="listening"}')!;
    expect(factor * seconds).toBeCloseTo(SECONDS, 1);
  });

  it('tell how the database and the queue are', SLOW, async () => {
    const found = await figures();
    expect(found.get('tutti_database_up{engine="embedded"}')).toBe(1);
    expect(found.get('tutti_database_answer_seconds{engine="embedded"}')).toBeGreaterThan(0);
    const open = [{ type: 'mix', state: 'waiting' as const, count: 4, oldestSeconds: 12.5 }];
    const service = {
      library: { engine: 'server', run: async () => 0 },
      queue: { open: async () => open },
    } as unknown as Parameters<typeof queueAndDatabase>[0];
    const waiting = parsed(await queueAndDatabase(service));
    expect(waiting.get('tutti_queue_jobs{type="mix",state="waiting"}')).toBe(4);
    expect(waiting.get('tutti_queue_oldest_seconds{type="mix",state="waiting"}')).toBe(12.5);
    const gone = { ...service, library: { ...service.library, run: () => Promise.reject(new Error('gone')) } };
    expect(parsed(await queueAndDatabase(gone))).toEqual(new Map([['tutti_database_up{engine="server"}', 0]]));
  });
});
