import { ExchangeError } from '../errors.ts';
import { oneLine } from '../text/one-line.ts';
import type { SetTrack } from './set-track.ts';

/** Frames of a CD in a second: the unit of a cue sheet. */
const FRAMES = 75;
/** The most tracks that a CD, and so a cue sheet, can have. */
const MOST_TRACKS = 99;

/** Kinds of FILE by the ending of its name; players take WAVE for whatever they can decode. */
const FILE_TYPES: Readonly<Record<string, string>> = { mp3: 'MP3', aif: 'AIFF', aiff: 'AIFF' };

/**
 * A cue sheet: where each track of a mix begins in its one file. The first is at 00:00:00, and each at least a frame after
 * the one before it.
 * Source: CDRWIN user guide, appendix A, "Cue sheet commands" (FILE, TRACK, TITLE, PERFORMER, INDEX; 75 frames a second, 99
 * tracks); Hydrogenaudio wiki, "Cue sheet" (WAVE for lossless files of other kinds). Minutes go beyond 99 in longer mixes.
 * @param mix path of the sound file as the sheet names it, best relative to its folder
 * @param tracks by time, at least one
 * @throws ExchangeError 'unsupported' for a name with a quotation mark, 'limit' for over 99 tracks
 */
export function writeCueSheet(tracks: readonly SetTrack[], title: string, mix: string): string {
  if (/["\p{Cc}]/u.test(mix)) {
    throw new ExchangeError(
      'unsupported',
      `a cue sheet cannot name ${JSON.stringify(mix)}: it has a quotation mark or a control character in it`,
    );
  }
  if (tracks.length > MOST_TRACKS) {
    throw new ExchangeError('limit', `the set has ${tracks.length} tracks; a cue sheet has at most ${MOST_TRACKS}`);
  }
  const ending = /\.([^./\\]+)$/.exec(mix)?.[1]?.toLowerCase() ?? '';
  const lines = [`TITLE ${quoted(title)}`, `FILE "${mix}" ${FILE_TYPES[ending] ?? 'WAVE'}`];
  let next = 0;
  tracks.forEach((track, index) => {
    const frame = index === 0 ? 0 : Math.max(next, Math.round(track.seconds * FRAMES));
    next = frame + 1;
    lines.push(`  TRACK ${two(index + 1)} AUDIO`, `    TITLE ${quoted(track.title)}`);
    if (track.artist !== null) lines.push(`    PERFORMER ${quoted(track.artist)}`);
    lines.push(`    INDEX 01 ${timeOf(frame)}`);
  });
  return `${lines.join('\n')}\n`;
}

/** There is no way to write a quotation mark in a name: two single ones look alike. */
function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('"', "''")}"`;
}

function timeOf(frame: number): string {
  const seconds = Math.floor(frame / FRAMES);
  return [Math.floor(seconds / 60), seconds % 60, frame % FRAMES].map(two).join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
