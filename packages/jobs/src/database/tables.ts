import { z } from 'zod';
import { JobError } from '../errors.ts';
import { checkedRows } from './checked-rows.ts';
import type { QueueDatabase, Statements } from './queue-database.ts';

/** Of the tables below. pg-boss has another one: what waits for a worker, and the schedules. */
export const SCHEMA = 'tutti_jobs';
export const QUEUE_SCHEMA = 'tutti_queue';

/** Any number that no other program on a shared server is likely to lock by: "jobs" in ASCII, read as a number. */
const LOCK = 0x6a_6f_62_73;

/**
 * The tables, version by version; a version that was in use stays as it is.
 *
 * `job` holds each job from its asking to weeks after its end. `state` is `blocked` while it waits for other jobs, `waiting`
 * while pg-boss holds it for a worker, `running`, and then `done`, `skipped` or `failed`. A worker owns a job by its `attempt`
 * and shows that it lives by `beat`: both only count, so that no clock has a say in who owns what.
 */
const VERSIONS = [
  `CREATE TABLE ${SCHEMA}.job (
     id uuid PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     type text NOT NULL,
     owner text NOT NULL,
     key text,
     priority smallint NOT NULL,
     input json NOT NULL,
     state text NOT NULL CHECK (state IN ('blocked', 'waiting', 'running', 'done', 'skipped', 'failed')),
     progress json,
     result json,
     failure json,
     attempt integer NOT NULL DEFAULT 0,
     losses integer NOT NULL DEFAULT 0,
     failures integer NOT NULL DEFAULT 0,
     beat bigint NOT NULL DEFAULT 0,
     worker text,
     revision bigint NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL DEFAULT now(),
     not_before timestamptz,
     started_at timestamptz,
     ended_at timestamptz
   );
   CREATE UNIQUE INDEX job_by_key ON ${SCHEMA}.job (type, key)
     WHERE key IS NOT NULL AND state IN ('blocked', 'waiting', 'running');
   CREATE INDEX job_by_state ON ${SCHEMA}.job (state, number);
   CREATE INDEX job_by_owner ON ${SCHEMA}.job (owner, number);
   CREATE INDEX job_by_end ON ${SCHEMA}.job (ended_at) WHERE ended_at IS NOT NULL;
   CREATE TABLE ${SCHEMA}.dependency (
     job_id uuid NOT NULL REFERENCES ${SCHEMA}.job ON DELETE CASCADE,
     needs_id uuid NOT NULL REFERENCES ${SCHEMA}.job ON DELETE CASCADE,
     PRIMARY KEY (job_id, needs_id)
   );
   CREATE INDEX dependency_by_needs ON ${SCHEMA}.dependency (needs_id)`,
  // `however`: the end is enough, a failure as well. `met` is kept so that the last of thousands is told without asking the others.
  `ALTER TABLE ${SCHEMA}.dependency ADD COLUMN however boolean NOT NULL DEFAULT false,
     ADD COLUMN met boolean NOT NULL DEFAULT false;
   UPDATE ${SCHEMA}.dependency d SET met = true FROM ${SCHEMA}.job n WHERE n.id = d.needs_id AND n.state IN ('done', 'skipped');
   CREATE INDEX dependency_unmet ON ${SCHEMA}.dependency (job_id) WHERE NOT met;
   CREATE INDEX job_done_by_key ON ${SCHEMA}.job (type, key, number) WHERE state = 'done'`,
  // The trace that it was asked for in, as W3C Trace Context has it.
  `ALTER TABLE ${SCHEMA}.job ADD COLUMN trace text`,
];

/**
 * Makes the tables, or brings them up to this program. Whoever else wants to waits, and then finds nothing to do.
 * @throws JobError 'unsupported' when they are newer
 */
export function installTables(database: QueueDatabase): Promise<void> {
  return database.transaction(async (statements) => {
    await statements.executeSql('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await statements.executeSql(
      `CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
       CREATE TABLE IF NOT EXISTS ${SCHEMA}.schema_version (version integer PRIMARY KEY)`,
    );
    const version = await versionOf(statements);
    if (version > VERSIONS.length) {
      throw new JobError(
        'unsupported',
        `the jobs in ${database.place} were written by a newer Tutti (schema ${version}; this one knows up to ` +
          `${VERSIONS.length}): install that version or a later one`,
      );
    }
    for (const [index, sql] of VERSIONS.slice(version).entries()) {
      await statements.executeSql(sql);
      await statements.executeSql(`INSERT INTO ${SCHEMA}.schema_version VALUES ($1)`, [version + index + 1]);
    }
  });
}

async function versionOf(statements: Statements): Promise<number> {
  const [row] = await checkedRows(
    statements,
    z.object({ version: z.int() }),
    `SELECT coalesce(max(version), 0)::integer AS version FROM ${SCHEMA}.schema_version`,
  );
  return row!.version;
}
