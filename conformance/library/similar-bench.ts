// How long it takes to find similar tracks and paths in a large library, with the sounds in memory.
// node scripts/run.mjs conformance/library/similar-bench.ts --keep DIR [--rounds 40]
// DIR is that of a run of list-bench.ts beside it, which made the library.
import { parseArgs } from 'node:util';
import { openLibrary } from '@tutti/library';
import { LibrarySounds, parseFilter } from '@tutti/workflows';
import { MODEL, numbersFrom } from './generated-tracks.ts';
import { type Question, timed, timeQuestions } from './time-questions.ts';

const { values } = parseArgs({ options: { keep: { type: 'string' }, rounds: { type: 'string', default: '40' } } });
if (values.keep === undefined) throw new Error('name the folder of the library: --keep DIR');
const library = await openLibrary({ folder: values.keep, databaseUrl: process.env['DATABASE_URL'] });
const sounds = await LibrarySounds.open(library, MODEL);
try {
  await timed('the sounds read from the database', () => sounds.similar(1, 1, {}));
  const random = numbersFrom(7);
  const anyFile = () => 1 + Math.floor(50_000 * random());
  const near =
    (request: Parameters<LibrarySounds['similar']>[2]): Question =>
    () =>
      sounds.similar(anyFile(), 20, request);
  const filter = parseFilter('bpm:118-130 energy>=5');
  await timeQuestions(
    [
      ['similar', near({})],
      ['in a key that mixes', near({ harmonic: true })],
      ['tempo within 4 %, other artists', near({ tempoWithin: 0.04, otherArtists: true })],
      ['bpm:118-130 energy>=5', near({ filter })],
      [
        'a filter that is new each time',
        (round) => sounds.similar(anyFile(), 20, { filter: parseFilter(`bpm>=${100 + round}`) }),
      ],
      ['path over 6', () => sounds.path(anyFile(), anyFile() + 50_000, 6, undefined)],
      ['path over 6 of bpm:118-130', () => sounds.path(anyFile(), anyFile() + 50_000, 6, filter)],
    ],
    Number(values.rounds),
  );
} finally {
  await sounds.close();
  await library.close();
}
