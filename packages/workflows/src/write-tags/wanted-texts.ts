import type { AnalysisLine, TagField } from '@tutti/contract';
import { WorkflowError } from '../failure.ts';

/** How a key is spelt: `Gm`, `6A` (Camelot), `11m` (Open Key). */
export const KEY_NOTATIONS = ['classical', 'camelot', 'open-key'] as const;
export type KeyNotation = (typeof KEY_NOTATIONS)[number];

export interface TagRequest {
  readonly fields: readonly TagField[];
  readonly keyNotation: KeyNotation;
  /** What the comment is to be, with names of `COMMENT_WORDS` in braces; needed for the field `comment`. */
  readonly comment?: string | undefined;
}

/** Fields that are texts. */
export type TextField = Exclude<TagField, 'cues' | 'grid'>;

/** Containers whose tempo is a whole number. */
const WHOLE_TEMPO = /^(mp4|mov|m4a)/;

/** What a comment may say of a track; null where it is not known. */
const COMMENT_WORDS: Readonly<Record<string, (line: AnalysisLine) => string | null>> = {
  bpm: ({ tempo }) => tempoText(tempo?.bpm ?? null),
  key: (line) => keyText(line, 'classical'),
  camelot: (line) => keyText(line, 'camelot'),
  openKey: (line) => keyText(line, 'open-key'),
  energy: ({ energy }) => energy?.level?.toString() ?? null,
  lufs: ({ loudness }) => loudness?.integratedLufs?.toFixed(1) ?? null,
};

const BRACED = /\{(\w*)\}/g;

/** @throws WorkflowError 'unsupported' naming what is in braces and is no word of comments */
export function requireComment(comment: string): void {
  for (const [, word] of comment.matchAll(BRACED)) {
    if (Object.hasOwn(COMMENT_WORDS, word!)) continue;
    const known = Object.keys(COMMENT_WORDS).map((each) => `{${each}}`);
    throw new WorkflowError('unsupported', `a comment cannot say {${word}}; it can say ${known.join(', ')}`);
  }
}

/** What the tags of a file are to say by its analysis; what is not known is left out, and stays in the file as it is. */
export function wantedTexts(line: AnalysisLine, { fields, keyNotation, comment }: TagRequest): Map<TextField, string> {
  const { tempo, loudness, format } = line;
  const bpm = tempo?.bpm ?? null;
  const gain = loudness?.replayGainDb ?? null;
  const peak = loudness?.samplePeakDb ?? null;
  const texts: Readonly<Record<TextField, string | null>> = {
    bpm: tempoText(bpm !== null && WHOLE_TEMPO.test(format.container) ? Math.round(bpm) : bpm),
    key: keyText(line, keyNotation),
    gain: gain === null ? null : `${gain.toFixed(2)} dB`,
    peak: peak === null ? null : (10 ** (peak / 20)).toFixed(6),
    comment: comment === undefined ? null : commentText(comment, line),
  };
  return new Map(
    fields
      .filter((field) => field !== 'cues' && field !== 'grid')
      .flatMap((field) => (texts[field] === null ? [] : [[field, texts[field]] as const])),
  );
}

/** To a hundredth, without zeros at the end. */
function tempoText(bpm: number | null): string | null {
  return bpm === null ? null : String(Math.round(bpm * 100) / 100);
}

function keyText({ key }: AnalysisLine, notation: KeyNotation): string | null {
  if (!key?.tonic || !key.mode) return null;
  if (notation === 'camelot') return key.camelot;
  return notation === 'open-key' ? key.openKey : `${key.tonic}${key.mode === 'minor' ? 'm' : ''}`;
}

/** Null when something that it says is not known. */
function commentText(comment: string, line: AnalysisLine): string | null {
  let known = true;
  const text = comment.replace(BRACED, (_, word: string) => {
    const said = COMMENT_WORDS[word]!(line);
    known &&= said !== null;
    return said ?? '';
  });
  return known ? text : null;
}
