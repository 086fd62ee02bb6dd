import { type CurvePoint, ENERGY_SHAPES, type EnergyShape, type Filter, type SetRequest } from '@tutti/workflows';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../exit-code.ts';
import { wholeNumber } from './arguments.ts';
import { addFilterOption } from './filter-option.ts';

/** What can be asked of a set, by `tutti plan` and `tutti mix` alike. */
export interface SetOptions {
  readonly filter?: Filter;
  readonly length?: number;
  readonly energy?: EnergyShape | readonly CurvePoint[];
  readonly first?: string;
  readonly start?: string;
  readonly last?: string;
  readonly must?: readonly string[];
  readonly not?: readonly string[];
  readonly order?: readonly string[];
  readonly pair?: readonly (readonly [string, string])[];
  readonly tempoRange?: { readonly lowest: number; readonly highest: number };
  readonly tempoPath?: readonly CurvePoint[];
  readonly keepOrder?: boolean;
  readonly seed: number;
  readonly candidates: number;
}

const LONGEST_MINUTES = 24 * 60;

function positiveMinutes(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= LONGEST_MINUTES))
    throw new InvalidArgumentError(`it must be minutes, over 0 and up to ${LONGEST_MINUTES}.`);
  return value;
}

/**
 * Values over a set: "3,5,8" at equal distances from start to end, or "0%:3,70%:9,100%:5".
 * @param unit what the values are, for the refusal
 */
function drawn(text: string, unit: string, lowest: number, highest: number): CurvePoint[] {
  const refuse = (): never => {
    throw new InvalidArgumentError(
      `it must be ${unit} from ${lowest} to ${highest} with commas between (3,5,8), or with places (0%:3,70%:9).`,
    );
  };
  const parts = text.split(',').map((part) => part.trim());
  const points = parts.map((part, i): CurvePoint => {
    const placed = /^([\d.]+)%:([\d.]+)$/.exec(part);
    const even = parts.length === 1 ? 0 : i / (parts.length - 1);
    return placed
      ? { at: Number(placed[1]) / 100, value: Number(placed[2]) }
      : { at: even, value: Number(part || Number.NaN) };
  });
  const isMixed = new Set(parts.map((part) => part.includes('%'))).size > 1;
  const isOff = points.some(({ at, value }) => !(at >= 0 && at <= 1 && value >= lowest && value <= highest));
  if (isMixed || isOff || new Set(points.map(({ at }) => at)).size < points.length) refuse();
  return points;
}

function energyOption(text: string): EnergyShape | CurvePoint[] {
  const shape = ENERGY_SHAPES.find((known) => known === text);
  if (shape) return shape;
  if (/^[\d.,:% ]+$/.test(text)) return drawn(text, 'levels', 1, 10);
  throw new InvalidArgumentError(
    `it must be one of ${ENERGY_SHAPES.join(', ')}, or levels from 1 to 10 such as 3,5,8.`,
  );
}

function tempoRange(text: string): NonNullable<SetOptions['tempoRange']> {
  const [, lowest, highest] = (/^([\d.]+)-([\d.]+)$/.exec(text.trim()) ?? []).map(Number);
  if (lowest === undefined || highest === undefined || !(lowest >= 20 && highest <= 400 && lowest <= highest))
    throw new InvalidArgumentError('it must be two tempos from 20 to 400 BPM, such as 120-130.');
  return { lowest, highest };
}

function pairOption(text: string, before: SetOptions['pair'] = []): NonNullable<SetOptions['pair']> {
  const [from, to, ...more] = text.split('::');
  if (!from || !to || more.length > 0)
    throw new InvalidArgumentError('it must be two tracks with :: between: ONE::TWO.');
  return [...before, [from, to]];
}

const several = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** Adds the options of a set to a command. */
export function addSetOptions(command: Command): Command {
  return addFilterOption(command)
    .addOption(
      new Option(
        '--length <minutes>',
        'choose tracks for about this long (within 5 %); all tracks when absent',
      ).argParser(positiveMinutes),
    )
    .addOption(
      new Option(
        '--energy <course>',
        `the course of the energy: ${ENERGY_SHAPES.join(', ')}, or levels from 1 to 10 drawn over the set: 3,5,8,6 or 0%:3,70%:9,100%:5`,
      ).argParser(energyOption),
    )
    .option('--first <track>', 'the track to begin with')
    .option('--start <track>', 'the same as --first')
    .option('--last <track>', 'the track to end with')
    .addOption(new Option('--must <track>', 'a track that must be in the set; may be given again').argParser(several))
    .addOption(new Option('--not <track>', 'a track that must not be in it; may be given again').argParser(several))
    .addOption(
      new Option(
        '--order <track>',
        'given several times: these tracks must be in the set in this order, others may come between',
      ).argParser(several),
    )
    .addOption(
      new Option(
        '--pair <one::two>',
        'the second right after the first, both in the set; may be given again',
      ).argParser(pairOption),
    )
    .addOption(
      new Option('--tempo-range <low-high>', 'only tracks with a tempo of their own in this range, BPM').argParser(
        tempoRange,
      ),
    )
    .addOption(
      new Option(
        '--tempo-path <course>',
        'the tempo over the set, BPM: 122,126,130 or 0%:122,60%:128; each track, or half or double of it, stays within 8 %',
      ).argParser((text: string) => drawn(text, 'BPM', 20, 400)),
    )
    .option('--keep-order', 'the order given, not one chosen')
    .addOption(
      new Option('--seed <n>', 'another number, another choice between equals').argParser(wholeNumber(0)).default(1),
    );
}

/** How tracks are named, for the help of a command. */
export const NAMING_HELP = `
TRACK is a path, the name of a file with or without its ending, or a title as it is shown ("Artist - Title").
What cannot be met is refused with the option's name; nothing is dropped silently.`;

export function setRequest(options: SetOptions): SetRequest {
  const { first, start, length, pair, candidates, ...same } = options;
  if (first !== undefined && start !== undefined && first !== start)
    throw new UsageError('--first and --start are the same option, and they name different tracks');
  return {
    ...same,
    lengthSeconds: length === undefined ? undefined : length * 60,
    first: first ?? start,
    pairs: pair,
    candidates,
  };
}
