import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { JOB_SHAPES, type JobTypeName } from '@tutti/contract';
import { type Database, liesWithin, listRoots } from '@tutti/library';
import { type AudioPath, displayPath, pathBytes } from '@tutti/media';
import { WorkflowError } from '../failure.ts';
import { jobPath } from './job-path.ts';

/** Every file and folder of this machine that a job is asked to look at. */
function pathsOf(type: JobTypeName, input: unknown): readonly AudioPath[] {
  switch (type) {
    case 'scan':
      return JOB_SHAPES.scan.input.parse(input).folders;
    case 'analyse':
      return [jobPath(JOB_SHAPES.analyse.input.parse(input))];
    case 'plan-set':
    case 'mix':
      return JOB_SHAPES[type].input.parse(input).files;
    case 'master':
      return [JOB_SHAPES.master.input.parse(input).path];
    case 'balance': {
      const { files, reference } = JOB_SHAPES.balance.input.parse(input);
      return reference === undefined ? files : [...files, reference];
    }
    case 'index':
    case 'duplicates':
      return [];
  }
}

/**
 * Makes sure that a job looks at nothing but what lies in the folders of the library, links followed: for those who may ask for work
 * and not for everything that is on this machine. Whether what lies elsewhere is there is not told.
 * @throws WorkflowError 'denied' that names the path; ZodError where it is no input of the type
 */
export async function requireInLibrary(library: Database, type: JobTypeName, input: unknown): Promise<void> {
  const paths = pathsOf(type, input);
  if (paths.length === 0) return;
  const roots = await listRoots(library);
  for (const path of paths) {
    const real = await realpath(path, { encoding: 'buffer' }).catch(() => undefined);
    const whole = real ?? (typeof path === 'string' ? pathBytes(resolve(path)) : undefined);
    if (whole !== undefined && roots.some((root) => liesWithin(whole, root.path))) continue;
    throw new WorkflowError(
      'denied',
      `${displayPath(path)} is in no folder of the library: the owner alone may ask for work on other files`,
    );
  }
}
