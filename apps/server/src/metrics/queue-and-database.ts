import type { UserJobs } from '@tutti/workflows';
import { Gauge, Registry } from 'prom-client';

/** How long the database may take to be asked. */
const PATIENCE_MILLISECONDS = 2000;

/**
 * The figures that are the same whichever process of a library is asked: the queue and the database, asked when they are read.
 * @returns them in the format of Prometheus; where the database does not answer only that
 */
export async function queueAndDatabase({ library, queue }: Pick<UserJobs, 'library' | 'queue'>): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  const up = gauge('tutti_database_up', 'Whether the database answers', 'engine');
  const answer = gauge('tutti_database_answer_seconds', 'How long a small question to the database took', 'engine');
  const { engine } = library;
  const start = performance.now();
  try {
    const silent = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no answer')), PATIENCE_MILLISECONDS).unref();
    });
    silent.catch(() => {});
    await Promise.race([library.run('SELECT 1'), silent]);
    answer.set({ engine }, (performance.now() - start) / 1000);
    const open = await Promise.race([queue.open(), silent]);
    const jobs = gauge('tutti_queue_jobs', 'Jobs that have not ended', 'type', 'state');
    const oldest = gauge('tutti_queue_oldest_seconds', 'Since the oldest of them was asked for', 'type', 'state');
    for (const { type, state, count, oldestSeconds } of open) {
      jobs.set({ type, state }, count);
      oldest.set({ type, state }, oldestSeconds);
    }
    up.set({ engine }, 1);
  } catch {
    // That it does not answer is the figure.
    up.set({ engine }, 0);
  }
  return registry.metrics();
}
