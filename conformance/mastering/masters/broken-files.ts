import { mkdir, readFile, symlink } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { parseMasterLines } from './master-lines.ts';
import { runTutti } from './run-tutti.ts';
import { faultsOfMaster, type Outcome } from './sweep.ts';

const LIMIT_SECONDS = 550;
const expectations = z.object({
  cases: z.array(
    z.looseObject({
      file: z.string(),
      expect: z.string(),
      alsoAccept: z.array(z.string()).optional(),
      copyAs: z.unknown().optional(),
    }),
  ),
});

/**
 * Masters all files of a corpus of broken ones in one start of the program: each has to be mastered or refused with a reason.
 * Files that matter by their names alone are left out: the analysis of broken files has them.
 * @param corpus folder whose expect.json lists {file, expect, alsoAccept}
 */
export async function masterBrokenFiles(
  corpus: string,
  folder: string,
  program: string | undefined,
): Promise<Outcome[]> {
  const { cases } = expectations.parse(JSON.parse(await readFile(join(corpus, 'expect.json'), 'utf8')));
  const links = join(folder, 'broken');
  await mkdir(links);
  const tried = await Promise.all(
    cases
      .filter(({ copyAs }) => copyAs === undefined)
      .map(async ({ file, expect, alsoAccept = [] }, index) => {
        const path = join(links, `${index}${extname(file)}`);
        await symlink(resolve(corpus, file), path);
        return { file, path, accepted: [expect, ...alsoAccept] };
      }),
  );
  const out = join(folder, 'masters');
  const paths = tried.map(({ path }) => path);
  const args = ['master', ...paths, '-o', `${out}/`, '--json', '--quiet', '--bits', '32f', '--jobs', '2'];
  const { code, stdout } = await runTutti(args, { program, limitSeconds: LIMIT_SECONDS });
  const outcomes: Outcome[] = [];
  const lines = new Map(
    parseMasterLines(stdout).map((line) => ['error' in line ? line.path : line.plan.source.path, line] as const),
  );
  for (const { file, path, accepted } of tried) {
    const line = lines.get(path);
    const written = join(out, `${basename(path, extname(path))}.wav`);
    if (!line) outcomes.push({ name: file, code, message: '', faults: ['nothing was heard of it'] });
    else if ('error' in line) {
      const { kind, message } = line.error;
      const faults = kind === 'internal' ? ['calls it an error of its own'] : [];
      if (!accepted.includes('error') && !/channels|sample rate/.test(message)) faults.push('refused');
      if (
        await readFile(written).then(
          () => true,
          () => false,
        )
      )
        faults.push('left a file');
      outcomes.push({ name: file, code: 1, message: `${kind}: ${message}`, faults });
    } else {
      const faults = accepted.every((each) => each === 'error') ? ['mastered'] : [];
      outcomes.push({
        name: file,
        code: 0,
        message: line.plan.warnings.join(' '),
        faults: [...faults, ...(await faultsOfMaster(written, file))],
      });
    }
  }
  return outcomes;
}
