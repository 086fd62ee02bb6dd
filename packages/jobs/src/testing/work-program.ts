// Asks for jobs, or works on them until none is left: a program that can be killed.
// work-program.ts (ask | work) PLACE COUNT, PLACE being a folder or the URL of a server.
import { openLibrary } from '@tutti/library';
import { handle } from '../job-type.ts';
import { openJobQueue } from '../open-queue.ts';
import { double, doubling, failureOf, TYPES } from './number-jobs.ts';

const [what, place, count] = process.argv.slice(2);
const database = await openLibrary(place!.includes('://') ? { folder: '', databaseUrl: place } : { folder: place! });
const queue = await openJobQueue(database, TYPES);
const known = new Map((await queue.list({ limit: 100_000 })).map((job) => [job.key, job]));
if (what === 'ask') {
  for (let n = 0; n < Number(count); n++) {
    if (known.has(String(n))) continue;
    // Each third comes after the two before it.
    const after = n % 3 === 2 ? [n - 1, n - 2].map((before) => known.get(String(before))!.id) : [];
    const { id } = await queue.submit(double, { n, milliseconds: (n * 37) % 50 }, { owner: String(n % 4), after });
    known.set(String(n), (await queue.find(id))!);
  }
} else {
  const { run } = doubling();
  // Two that run one claim would meet here.
  const once = handle(double, async (input, context) => {
    await database.executeSql('INSERT INTO claimed (id, attempt) VALUES ($1, $2)', [context.id, context.attempt]);
    return double.result(await run(input, { ...context, progress: (said) => context.progress(double.progress(said)) }));
  });
  const worker = await queue.work([once], { failureOf, capacity: { cores: 3 }, lostAfterMilliseconds: 2500 });
  for (;;) {
    await worker.idle();
    const open = await queue.list({ states: ['blocked', 'waiting', 'running'], limit: 1 });
    if (open.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await worker.stop(0);
}
await queue.close();
await database.close();
process.stdout.write('all done\n');
