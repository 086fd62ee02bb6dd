// Gives `tutti master` input that it must not fall over, and looks at what comes of each: exit code, message, what is left.
//   node scripts/run.mjs conformance/mastering/check-bad-input.ts [--bad DIR] [--only PART] [--program tutti.js]
// Sounds and orders are made by formula; DIR/expect.json lists {file, expect, alsoAccept} more files, as of a corpus of broken
// ones. A master must be finite, not empty, under the ceiling and not louder than asked, by ffmpeg; a refusal must have a
// message and an exit code and leave nothing; no source may change. Exit code 1 when something is wrong.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFfmpeg } from '@tutti/media';
import { markdown } from './bench/tables.ts';
import { MADE_ORDERS, MADE_SOUNDS, writeCommonFiles } from './masters/bad-cases.ts';
import { masterBrokenFiles } from './masters/broken-files.ts';
import { type Outcome, runCase, writePlans } from './masters/sweep.ts';

const { values } = parseArgs({
  options: { bad: { type: 'string' }, only: { type: 'string', default: '' }, program: { type: 'string' } },
});
if ((await findFfmpeg()) === undefined) {
  console.log('not run: no ffmpeg on PATH, whose meter judges');
  process.exit(0);
}
if (values.bad !== undefined && !existsSync(join(values.bad, 'expect.json'))) {
  console.log(`not run: there is no ${join(values.bad, 'expect.json')}, which lists the broken files`);
  process.exit(0);
}

const folder = await mkdtemp(join(tmpdir(), 'tutti-bad-input-'));
const outcomes: Outcome[] = [];
try {
  const common = join(folder, 'common');
  await mkdir(common);
  const files = await writeCommonFiles(common);
  const plans = await writePlans(common, files['song']!, values.program);
  const made = [...MADE_SOUNDS, ...MADE_ORDERS].filter(({ name }) => name.includes(values.only));
  for (const [index, each] of made.entries()) {
    const own = join(folder, String(index));
    await mkdir(own);
    outcomes.push(await runCase(each, own, { ...files, ...plans, folder: own }, values.program));
    await rm(own, { recursive: true });
  }
  if (values.bad !== undefined) outcomes.push(...(await masterBrokenFiles(values.bad, folder, values.program)));
} finally {
  await rm(folder, { recursive: true });
}
console.log(
  markdown(
    ['case', 'exit', 'said', 'wrong'],
    outcomes.map(({ name, code, message, faults }) => [name, String(code), message, faults.join('; ')]),
  ),
);
const wrong = outcomes.filter(({ faults }) => faults.length > 0);
console.log(`\n${outcomes.length - wrong.length} of ${outcomes.length} as they are to be`);
process.exitCode = wrong.length === 0 ? 0 : 1;
