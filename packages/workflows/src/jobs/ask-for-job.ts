import { JOB_SHAPES, type JobTypeName } from '@tutti/contract';
import type { SubmitOptions, Submitted } from '@tutti/jobs';
import { inputOfPath } from './job-path.ts';
import { JOB_TYPES } from './job-types.ts';
import { type KeptAnalyses, knownFile } from './known-analysis.ts';

/**
 * Asks for a job, and for the analyses that it needs and nobody has made: it comes after them, and they are made beside each other.
 * @throws JobError 'unsupported' when the type refuses the input
 */
export async function askForJob(
  kept: KeptAnalyses,
  name: JobTypeName,
  input: unknown,
  options: SubmitOptions = {},
): Promise<Submitted> {
  const { queue, library } = kept;
  const type = JOB_TYPES[name];
  const paths = await withoutAnalysis(kept, name, input);
  if (paths.length === 0) return queue.submit<unknown>(type, input, options);
  const { owner, priority = type.priority } = options;
  const submitted = await library.transaction(async (statements) => {
    const after = [...(options.after ?? [])];
    for (const path of paths) {
      const wanted = inputOfPath(path);
      after.push((await queue.submitWithin(statements, JOB_TYPES.analyse, wanted, { owner, priority })).id);
    }
    return queue.submitWithin<unknown>(statements, type, input, { ...options, after });
  });
  queue.wake();
  return submitted;
}

/** The files that a job is made from and that have to be listened to. */
async function withoutAnalysis(kept: KeptAnalyses, name: JobTypeName, input: unknown): Promise<string[]> {
  if (name !== 'plan-set' && name !== 'mix') return [];
  // What is no input is refused by the queue, in its words.
  const files = new Set(JOB_SHAPES[name].input.safeParse(input).data?.files);
  const paths: string[] = [];
  for (const path of files) {
    // A file that is not there is looked for by the job that needs it, which then fails.
    const analysis = await knownFile(kept, path).then(
      (known) => known.analysis,
      () => undefined,
    );
    if (analysis === undefined) paths.push(path);
  }
  return paths;
}
