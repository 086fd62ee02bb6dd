import type { Colour, DjCue, DjTrack } from '@tutti/exchange';
import type { TaggedCue, TaggedMarks } from '@tutti/library';

/** Bars of a program that does not tell them are counted in four from each mark. */
const USUAL_METER = 4;

/**
 * Grid and cues that a person made in a DJ program, each from the first source that has any.
 * @param order names of sources, those to be preferred first; sources that it does not name are not used
 */
export function keptMarks(
  sources: readonly TaggedMarks[],
  order: readonly string[],
): Partial<Pick<DjTrack, 'grid' | 'cues'>> {
  const ordered = order.flatMap((name) => sources.filter(({ source }) => source === name));
  const grid = ordered.find((marks) => marks.grid.length > 0)?.grid;
  const cues = ordered.find((marks) => marks.cues.length > 0)?.cues;
  return {
    ...(grid && {
      grid: grid.map(({ seconds, bpm, meter = USUAL_METER, beat = 1 }) => ({ seconds, bpm, meter, beat })),
    }),
    ...(cues && { cues: cues.map(djCue) }),
  };
}

function djCue({ kind, colour, ...cue }: TaggedCue): DjCue {
  return { ...cue, kind: kind === 'chapter' ? 'cue' : kind, colour: colour === null ? null : colourOf(colour) };
}

/** Of #rrggbb. */
function colourOf(text: string): Colour | null {
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text)?.slice(1);
  if (parts === undefined) return null;
  const [red, green, blue] = parts.map((part) => Number.parseInt(part, 16));
  return { red: red!, green: green!, blue: blue! };
}
