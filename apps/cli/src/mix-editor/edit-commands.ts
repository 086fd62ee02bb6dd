import { stat } from 'node:fs/promises';
import { type JoinWish, type MixEdit, TECHNIQUES, type Technique, wishWords } from '@tutti/workflows';
import { UsageError } from '../exit-code.ts';
import { shownName } from '../terminal/terminal.ts';
import type { EditorCommand, EditorDesk } from './editor-command.ts';
import { sayHandWritten, show } from './show-commands.ts';
import { placeOf, secondsOf } from './words.ts';

const SUGGESTIONS = 8;

/** Makes an edit and shows what came out. */
function edit(desk: EditorDesk, change: MixEdit): false {
  const { editor, terminal } = desk;
  const { dropped, lost } = editor.apply(change);
  show(desk);
  sayHandWritten(lost, 'planned anew, and what was written by hand is gone (undo brings it back)', desk);
  for (const join of dropped)
    terminal.complain(`what was asked of transition ${join + 1} went with it: its two tracks are not neighbours now`);
  return false;
}

const trackAt = ({ editor }: EditorDesk, word: string | undefined) => placeOf(word, editor.plan.tracks.length, 'track');
const joinAt = ({ editor }: EditorDesk, word: string | undefined) =>
  placeOf(word, editor.request.joins.length, 'transition');

/** A track by name; a file that is not known yet is listened to. */
async function trackNamed(name: string, desk: EditorDesk) {
  const isFile = await stat(name).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile && !desk.editor.has(name)) await desk.listenTo([name]);
  return desk.editor.find(name);
}

/** Asks for more of a transition. */
function wish(desk: EditorDesk, word: string | undefined, asked: JoinWish): false {
  const join = joinAt(desk, word);
  const before = desk.editor.request.joins[join];
  try {
    return edit(desk, { kind: 'wish', join, wish: asked });
  } catch (error) {
    if (before === undefined) throw error;
    const hint = `free ${join + 1} drops what was asked of it before (${wishWords(before)})`;
    throw new UsageError(`${(error as Error).message}; ${hint}`, { cause: error });
  }
}

function techniqueOf(word: string | undefined): Technique {
  const technique = TECHNIQUES.find((known) => known === word);
  if (technique === undefined) throw new UsageError(`${word ?? 'nothing'} is none of ${TECHNIQUES.join(', ')}`);
  return technique;
}

function barsOf(word: string | undefined): number {
  if (!/^\d+$/.test(word ?? '')) throw new UsageError(`${word ?? 'nothing'} is no whole number of bars`);
  return Number(word);
}

/** Suggestions with their numbers, best first. */
function suggest(index: number, { editor, terminal }: EditorDesk): false {
  const suggestions = editor.suggest(index, SUGGESTIONS);
  if (suggestions.length === 0)
    throw new UsageError('there is no other file to take its place; add FILE brings one in');
  suggestions.forEach(({ title, gain, reason }, i) => {
    const change = gain === 0 ? 'as good' : `${Math.abs(gain).toFixed(2)} points ${gain > 0 ? 'better' : 'worse'}`;
    terminal.result(shownName(`  ${i + 1}. ${title}: ${change}; ${reason}`));
  });
  terminal.result(`replace ${index + 1} NUMBER takes one of them`);
  return false;
}

export const EDIT_COMMANDS: readonly EditorCommand[] = [
  {
    names: ['move', 'm'],
    usage: 'move TRACK PLACE',
    does: 'a track to another place',
    takes: ['track', 'track'],
    run: ([from, to], desk) => edit(desk, { kind: 'move', from: trackAt(desk, from), to: trackAt(desk, to) }),
  },
  {
    names: ['replace', 'r'],
    usage: 'replace TRACK [BY]',
    does: 'a track by a suggestion (its number) or another file; suggests without BY',
    takes: ['track', 'name'],
    async run([word, by], desk) {
      const index = trackAt(desk, word);
      if (by === undefined) return suggest(index, desk);
      if (!/^\d+$/.test(by)) return edit(desk, { kind: 'replace', index, track: await trackNamed(by, desk) });
      const suggestions = desk.editor.suggest(index, SUGGESTIONS);
      const { id } = suggestions[placeOf(by, suggestions.length, 'suggestion')]!;
      return edit(desk, { kind: 'replace', index, track: desk.editor.find(id) });
    },
  },
  {
    names: ['remove', 'rm'],
    usage: 'remove TRACK',
    does: 'a track from the mix',
    takes: ['track'],
    run: ([word], desk) => edit(desk, { kind: 'remove', index: trackAt(desk, word) }),
  },
  {
    names: ['add', 'a'],
    usage: 'add FILE [PLACE]',
    does: 'a file, at the end or at a place',
    takes: ['name', 'track'],
    async run([name, place], desk) {
      if (name === undefined) throw new UsageError('which file? files names those that are not in the mix');
      const count = desk.editor.plan.tracks.length + 1;
      const index = place === undefined ? count - 1 : placeOf(place, count, 'place');
      return edit(desk, { kind: 'add', index, track: await trackNamed(name, desk) });
    },
  },
  {
    names: ['technique', 't'],
    usage: 'technique TRANSITION NAME',
    does: `how two tracks are joined: ${TECHNIQUES.join(', ')}`,
    takes: ['join', 'technique'],
    run: ([word, name], desk) => wish(desk, word, { technique: techniqueOf(name) }),
  },
  {
    names: ['length', 'l'],
    usage: 'length TRANSITION BARS',
    does: 'how long a transition is',
    takes: ['join'],
    run: ([word, bars], desk) => wish(desk, word, { bars: barsOf(bars) }),
  },
  {
    names: ['out', 'o'],
    usage: 'out TRANSITION TIME',
    does: 'where in the outgoing track a transition begins (3:07.5)',
    takes: ['join'],
    run: ([word, time], desk) => wish(desk, word, { outSeconds: secondsOf(time) }),
  },
  {
    names: ['in', 'i'],
    usage: 'in TRANSITION TIME',
    does: 'where the incoming track begins to be heard',
    takes: ['join'],
    run: ([word, time], desk) => wish(desk, word, { inSeconds: secondsOf(time) }),
  },
  {
    names: ['use'],
    usage: 'use TRANSITION NUMBER',
    does: 'one of the other ways that why tells',
    takes: ['join'],
    run([word, number], desk) {
      const join = joinAt(desk, word);
      const { alternatives } = desk.editor.plan.transitions[join]!;
      const { technique, bars } = alternatives[placeOf(number, alternatives.length, 'other way')]!;
      return edit(desk, { kind: 'ask', join, wish: { technique, ...(bars !== null && { bars }) } });
    },
  },
  {
    names: ['free', 'f'],
    usage: 'free TRANSITION',
    does: 'nothing is asked of a transition any more',
    takes: ['join'],
    run: ([word], desk) => edit(desk, { kind: 'ask', join: joinAt(desk, word), wish: undefined }),
  },
  {
    names: ['undo', 'u'],
    usage: 'undo',
    does: 'takes the last edit back',
    takes: [],
    run(_, desk) {
      if (!desk.editor.undo()) throw new UsageError('there is nothing to undo');
      show(desk);
      return false;
    },
  },
  {
    names: ['redo'],
    usage: 'redo',
    does: 'makes it again',
    takes: [],
    run(_, desk) {
      if (!desk.editor.redo()) throw new UsageError('there is nothing to redo');
      show(desk);
      return false;
    },
  },
];
