import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { composeDemo, DEMO_SEED, planMixOf } from '@tutti/workflows';
import { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Action } from '../session.ts';
import { listenTo } from '../terminal/listen-to.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { shownName } from '../terminal/terminal.ts';
import { describePlan, renderWithProgress } from './mix.ts';

interface Options {
  readonly out: string;
  readonly serve: boolean;
}

const run: Action<Options> = async (_args, { out }, session) => {
  const { terminal, signal } = session;
  const bar = new ProgressBar(terminal, 'composing');
  const songs: string[] = [];
  for await (const { path, title, index, total } of composeDemo(join(out, 'songs'), { signal })) {
    songs.push(path);
    bar.update((index + 1) / total, `${index + 1}/${total}`, title);
  }
  bar.end();
  terminal.say(`composed ${songs.length} songs in ${shownName(join(out, 'songs'))}`);

  const { lines, failed } = await listenTo(songs, availableParallelism(), session, (line) => line);
  if (failed.length > 0) return EXIT.itemsFailed;
  terminal.say(`listened to ${lines.length} songs; the set:`);
  const [plan] = planMixOf(lines, { energy: 'rise', seed: DEMO_SEED });
  describePlan(plan!, terminal);
  const rendered = await renderWithProgress(
    plan!,
    join(out, 'mix.flac'),
    { force: true, picture: true, report: false, analyses: lines },
    session,
  );
  terminal.result(rendered.path);
  if (rendered.picture) terminal.result(rendered.picture);
  terminal.say(`\nNow with your own music: npm start -- mix YOUR-FOLDER -o my-mix.flac`);
  return EXIT.done;
};

export function demoCommand() {
  const command = new Command('demo')
    .description('composes the demo songs, analyses them and mixes them: the whole way, without any music of your own')
    .option('--out <folder>', 'where the songs, the mix and its picture go', 'tutti-demo')
    .option('--no-serve', 'do not open the studio afterwards (there is none yet)');
  return { command, run: run as Action<never> };
}
