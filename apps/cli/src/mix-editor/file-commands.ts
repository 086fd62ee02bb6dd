import { join } from 'node:path';
import { findPlayer, PLAYER_NAMES, playSound, readMixPlan, writeMixPlan, writePartOfMix } from '@tutti/workflows';
import { UsageError } from '../exit-code.ts';
import { shortDuration } from '../terminal/progress-bar.ts';
import { shownName } from '../terminal/terminal.ts';
import type { EditorCommand, EditorDesk } from './editor-command.ts';
import { sayHandWritten, show } from './show-commands.ts';
import { placeOf } from './words.ts';

/** Heard before and after a transition, unless told. */
const BESIDE_SECONDS = 8;
const MOST_BESIDE_SECONDS = 600;

const FORCE = 'force';

/** The file that was loaded or saved last: saving goes there without being asked. */
const ownFiles = new WeakMap<EditorDesk['editor'], string>();

async function save([name, word]: readonly string[], { editor, terminal }: EditorDesk): Promise<false> {
  const own = ownFiles.get(editor);
  const path = name ?? own;
  if (path === undefined) throw new UsageError('save it as what? Name a file: save set.json');
  if (word !== undefined && word !== FORCE) throw new UsageError('a name with spaces goes in quotes');
  await writeMixPlan(path, editor.plan, { force: word === FORCE || path === own }).catch((error: Error) => {
    throw error.message.endsWith('is there already')
      ? new UsageError(`${error.message}; save "${path}" ${FORCE} replaces it`)
      : error;
  });
  ownFiles.set(editor, path);
  editor.saved();
  terminal.result(`saved ${shownName(path)}`);
  return false;
}

async function load([path]: readonly string[], desk: EditorDesk): Promise<false> {
  const { editor, terminal } = desk;
  if (path === undefined) throw new UsageError('which file? load set.json');
  const plan = await readMixPlan(path);
  const unknown = [...new Set(plan.tracks.map((track) => track.path))].filter((file) => !editor.has(file));
  if (unknown.length > 0) await desk.listenTo(unknown);
  editor.open(plan);
  ownFiles.set(editor, path);
  terminal.result(`loaded ${shownName(path)}`);
  show(desk);
  sayHandWritten(editor.handWritten, 'written by hand, and gone once the mix is edited', desk);
  return false;
}

async function listen([word, seconds]: readonly string[], desk: EditorDesk): Promise<false> {
  const { editor, terminal, signal } = desk;
  const { plan } = editor;
  const { start, end, from, to } = plan.transitions[placeOf(word, plan.transitions.length, 'transition')]!;
  const beside = seconds === undefined ? BESIDE_SECONDS : Number(seconds);
  if (!(beside >= 0 && beside <= MOST_BESIDE_SECONDS))
    throw new UsageError(`${seconds} is no number of seconds from 0 to ${MOST_BESIDE_SECONDS}`);
  const path = join(await desk.scratch(), `transition-${word}.wav`);
  const length = await writePartOfMix(plan, start - beside, end + beside, path, signal);
  const player = await findPlayer();
  const what = `transition ${word}, ${plan.tracks[from]!.title} > ${plan.tracks[to]!.title}, ${shortDuration(length)}`;
  if (player === null) {
    terminal.result(shownName(what));
    terminal.result(
      `no player was found (${PLAYER_NAMES.join(', ')}; TUTTI_PLAYER names another one): until you quit it is in`,
    );
    terminal.result(shownName(path));
    return false;
  }
  terminal.result(shownName(`${what}: ${player.name} plays it; Enter stops`));
  try {
    await desk.untilEnter((stopped) => playSound(player, path, AbortSignal.any([signal, stopped])));
  } catch (error) {
    throw new Error(`${(error as Error).message}; until you quit the sound is in ${path}`, { cause: error });
  }
  return false;
}

/** Whether a person, or nobody, lets go of edits that are in no file. */
export async function quitsUnsaved({ ask }: EditorDesk): Promise<boolean> {
  const answer = await ask('there are edits that were not saved: quit all the same? (yes or no) ');
  return answer === null || /^y(es)?$/i.test(answer.trim());
}

export const FILE_COMMANDS: readonly EditorCommand[] = [
  {
    names: ['listen', 'p'],
    usage: 'listen TRANSITION [SECONDS]',
    does: `renders a transition with ${BESIDE_SECONDS} s around it, or so many, and plays it`,
    takes: ['join'],
    run: listen,
  },
  {
    names: ['save'],
    usage: 'save [FILE]',
    does: 'the plan (JSON); without a name where it was saved or loaded last',
    takes: ['file'],
    run: save,
  },
  {
    names: ['load'],
    usage: 'load FILE',
    does: 'a plan; what is edited now can be had back with undo',
    takes: ['file'],
    run: load,
  },
  {
    names: ['render'],
    usage: 'render [FILE]',
    does: 'the mix; without a name where -o says',
    takes: ['file'],
    async run([name], desk) {
      const out = name ?? desk.output;
      if (out === undefined) throw new UsageError('render it into what? Name a file: render mix.flac');
      await desk.render(out);
      return false;
    },
  },
  {
    names: ['quit', 'q', 'exit'],
    usage: 'quit',
    does: 'ends; asks when there are edits that were not saved',
    takes: [],
    run: (_, desk) => (desk.editor.isUnsaved ? quitsUnsaved(desk) : true),
  },
];
