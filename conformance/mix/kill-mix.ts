// Kills `tutti mix` at random moments, starts it again, and holds what comes out in the end to an undisturbed run:
//   node scripts/run.mjs conformance/mix/kill-mix.ts [--kills 20] [-- PATH… | --plan PLAN.json]
// What stands behind -- is given to tutti mix; the songs of the demo where there is nothing. Exit code 1 when the bytes of the mix or its
// picture differ, or anything is left beside them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeDemo } from '@tutti/workflows';
import { killMix } from './killed-mix.ts';

const { values, positionals } = parseArgs({
  options: { kills: { type: 'string', default: '20' } },
  allowPositionals: true,
});
const folder = mkdtempSync(join(tmpdir(), 'tutti-kill-mix-'));
try {
  const songs = join(folder, 'songs');
  if (positionals.length === 0) for await (const { title } of composeDemo(songs)) console.log(`composed ${title}`);
  const out = join(folder, 'out');
  mkdirSync(out);
  const wrong = await killMix({
    args: positionals.length === 0 ? [songs] : positionals,
    folder: out,
    kills: Number(values.kills),
    onKill: ({ milliseconds, keptFrames }) =>
      console.log(`killed after ${milliseconds} ms, with ${(keptFrames / 44_100).toFixed(0)} s of the mix kept`),
  });
  for (const fault of wrong) console.log(`wrong: ${fault}`);
  console.log(wrong.length === 0 ? `the same bytes after ${values.kills} kills` : 'not the same');
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
