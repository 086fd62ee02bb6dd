import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLibrary } from '@tutti/library';
import { z } from 'zod';
import { checkedRows } from '../database/checked-rows.ts';
import { openJobQueue } from '../open-queue.ts';
import { TYPES, withoutQueue } from './number-jobs.ts';

export interface KillRequest {
  /** A folder for the embedded database, or the URL of a server. */
  readonly place: string;
  readonly jobs: number;
  readonly kills: number;
  /** Processes that work at a time; one on the embedded database. */
  readonly workers: number;
  /** Gives numbers from 0 to 1: when a process is killed, as a share of the longest it is let live. */
  readonly random: () => number;
}

/** What was found when all was over. */
export interface KilledRun {
  readonly jobs: number;
  readonly done: number;
  readonly failed: number;
  /** Why those failed, each reason once. */
  readonly reasons: readonly string[];
  /** With another result than the right one. */
  readonly wrong: number;
  /** Asked for more than once. */
  readonly double: number;
  /** Ends of jobs that were noted, by a trigger in the database: as many as jobs. */
  readonly ends: number;
  /** Jobs that began although one that they come after had not ended. */
  readonly early: number;
  /** Times that a job's process was killed under it. */
  readonly losses: number;
  readonly killedAfter: readonly number[];
}

const LONGEST_MILLISECONDS = 4000;
const program = join(import.meta.dirname, 'work-program.ts');

function start(what: 'ask' | 'work', place: string, jobs: number): ChildProcess {
  return spawn(process.execPath, ['--conditions=@tutti/source', program, what, place, String(jobs)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Asks for jobs and works on them in processes that are killed again and again, at any moment, and looks what became of it. */
export async function killWorkers({ place, jobs, kills, workers, random }: KillRequest): Promise<KilledRun> {
  const library = () => openLibrary(place.includes('://') ? { folder: '', databaseUrl: place } : { folder: place });
  await prepare(library);
  const killedAfter: number[] = [];
  const killLater = async (children: readonly ChildProcess[]) => {
    const delay = random() * LONGEST_MILLISECONDS;
    killedAfter.push(Math.round(delay));
    const ended = Promise.all(children.map((child) => once(child, 'close')));
    await Promise.race([sleep(delay), ended]);
    for (const child of children) {
      child.kill('SIGKILL');
      // At times all of them at once, as when the machine goes down; else the next one works on for a while.
      if (random() < 0.5) await Promise.race([sleep(random() * LONGEST_MILLISECONDS), ended]);
    }
    await ended;
  };
  // A tenth of the kills while the jobs are asked for.
  for (let kill = 0; kill < Math.ceil(kills / 10); kill++) await killLater([start('ask', place, jobs)]);
  await toTheEnd([start('ask', place, jobs)]);
  while (killedAfter.length < kills) {
    await killLater(Array.from({ length: workers }, () => start('work', place, jobs)));
  }
  await toTheEnd(Array.from({ length: workers }, () => start('work', place, jobs)));
  return { ...(await judge(library, jobs)), killedAfter };
}

async function toTheEnd(children: readonly ChildProcess[]): Promise<void> {
  const codes = await Promise.all(children.map((child) => once(child, 'close')));
  if (codes.some(([code]) => code !== 0)) throw new Error(`a process that was not killed ended with ${codes}`);
}

async function prepare(library: () => ReturnType<typeof openLibrary>): Promise<void> {
  await using database = disposable(await library());
  await withoutQueue(database);
  await (await openJobQueue(database, TYPES)).close();
  await database.executeSql(
    `DROP TABLE IF EXISTS claimed, ended;
     CREATE TABLE claimed (id uuid, attempt integer, at timestamptz DEFAULT clock_timestamp(), PRIMARY KEY (id, attempt));
     CREATE TABLE ended (id uuid, at timestamptz DEFAULT clock_timestamp());
     CREATE OR REPLACE FUNCTION note_end() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN INSERT INTO tutti.ended (id) VALUES (NEW.id); RETURN NEW; END $$;
     CREATE TRIGGER note_end AFTER UPDATE ON tutti_jobs.job FOR EACH ROW
       WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION note_end()`,
  );
}

async function judge(
  library: () => ReturnType<typeof openLibrary>,
  asked: number,
): Promise<Omit<KilledRun, 'killedAfter'>> {
  await using database = disposable(await library());
  const number = z.coerce.number();
  const [found] = await checkedRows(
    database,
    z.object({
      jobs: number,
      done: number,
      failed: number,
      reasons: z.array(z.string()),
      wrong: number,
      ends: number,
      early: number,
      losses: number,
    }),
    `SELECT count(*) AS jobs, count(*) FILTER (WHERE state = 'done') AS done,
       count(*) FILTER (WHERE state = 'failed') AS failed,
       coalesce(json_agg(DISTINCT failure->>'message') FILTER (WHERE state = 'failed'), '[]') AS reasons,
       count(*) FILTER (WHERE state = 'done' AND (result->>'twice')::integer <> 2 * (input->>'n')::integer) AS wrong,
       (SELECT count(*) FROM ended) AS ends,
       (SELECT count(*) FROM tutti_jobs.dependency d JOIN claimed c ON c.id = d.job_id
          JOIN ended e ON e.id = d.needs_id WHERE c.at < e.at) AS early,
       sum(losses) AS losses FROM tutti_jobs.job`,
  );
  return { ...found!, double: found!.jobs - asked };
}

function disposable<Database extends { close(): Promise<void> }>(database: Database): Database & AsyncDisposable {
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
