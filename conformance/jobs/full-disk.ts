// Works on jobs whose results go to a disk with too little room, and says what became of them; as root on Linux, where a small disk of
// memory can be mounted: node scripts/run.mjs conformance/jobs/full-disk.ts SONG
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { JOB_TYPES, type UserJobs, withJobs, workOnJobs } from '@tutti/workflows';

const song = resolve(process.argv[2]!);
const home = mkdtempSync(join(tmpdir(), 'tutti-full-disk-'));
const disk = join(home, 'disk');
mkdirSync(disk);
process.env['TUTTI_HOME'] = home;
process.env['TUTTI_RESULTS'] = disk;
const room = (size: string, how: readonly string[]) =>
  execFileSync('mount', ['-t', 'tmpfs', '-o', [...how, `size=${size}`].join(), 'tmpfs', disk]);

let right = true;
function judge(name: string, said: string, wanted: boolean): void {
  right &&= wanted;
  console.log(`${wanted ? 'ok  ' : 'WRONG'} ${name}: ${said}`);
}

/** All files on the disk. */
const left = () => readdirSync(disk, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

async function work(user: UserJobs, ids: readonly string[], size: string): Promise<void> {
  await workOnJobs(user, { capacity: { cores: 1 }, say: console.error }, (worker) => worker.idle());
  for (const id of ids) {
    const { type, state, failure } = (await user.queue.find(id))!;
    const full = state === 'failed' && failure?.kind === 'denied' && failure.message.includes('the disk is full');
    judge(`${type} with ${size}`, failure?.message ?? state, size === 'room' ? state === 'done' : full);
  }
}

room('16k', []);
try {
  await withJobs({}, async (user) => {
    const ids: string[] = [];
    for (const [name, input] of Object.entries({
      analyse: { path: song },
      mix: { files: [song] },
      master: { path: song },
    }) as [keyof typeof JOB_TYPES, unknown][]) {
      ids.push((await user.queue.submit<unknown>(JOB_TYPES[name], input)).id);
    }
    await work(user, ids, '16 KiB');
    judge('left on the disk', `${left().length} files`, left().length === 0);
    room('1g', ['remount']);
    for (const id of ids) await user.queue.retry(id);
    await work(user, ids, 'room');
    judge('stored', `${left().length} files`, left().length === 5);
  });
} finally {
  execFileSync('umount', [disk]);
  rmSync(home, { recursive: true, force: true });
}
process.exitCode = right ? 0 : 1;
