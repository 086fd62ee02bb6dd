import type { TagChanges, TagObject, WritableObject, WritableText } from '../tag-change.ts';
import { OBJECT_NAMES, TEXT_NAMES } from '../tag-names.data.ts';
import { isFrame, objectFrame, textFrame } from './id3-frames.ts';
import { type Id3Frame, type Id3Tag, id3Bytes, parseId3 } from './id3-tag.ts';

/** The version that most programs read, for files without a tag. */
const NEW_TAG: Id3Tag = { version: 3, unsynchronised: false, frames: [] };

/**
 * An ID3v2 tag with changes: frames that they are not about stay byte for byte, in their order and version.
 * @param before the whole tag; null where there is none
 * @param name of the file, for errors
 * @returns null when there is nothing to write
 * @throws MediaError 'corrupt'
 */
export function editId3(before: Buffer | null, changes: TagChanges, name: string): Buffer | null {
  let tag = before ? parseId3(before, name) : NEW_TAG;
  for (const [field, text] of Object.entries(changes.texts) as [WritableText, string | null][]) {
    const { frames, description } = TEXT_NAMES[field].id3;
    const id = frames[tag.version === 2 ? 0 : 1];
    tag = withFrame(tag, { id, description }, (old) =>
      text === null ? null : textFrame(tag, id, description, text, old),
    );
  }
  for (const [field, content] of Object.entries(changes.objects) as [WritableObject, TagObject | null][]) {
    const { description } = OBJECT_NAMES[field];
    const id = tag.version === 2 ? 'GEO' : 'GEOB';
    tag = withFrame(tag, { id, description }, () =>
      content === null ? null : objectFrame(tag, description, content.bytes),
    );
  }
  if (before === null && tag.frames.length === 0) return null;
  return id3Bytes(tag, before?.length ?? 0);
}

/** The first frame of its kind becomes another, further ones go; where there is none it comes last. */
function withFrame(
  tag: Id3Tag,
  { id, description }: { readonly id: string; readonly description: string | null },
  make: (before: Id3Frame | undefined) => Id3Frame | null,
): Id3Tag {
  const first = tag.frames.findIndex((frame) => isFrame(frame, tag, id, description));
  const made = make(tag.frames[first]);
  const frames = tag.frames.flatMap((frame, index) => {
    if (index === first) return made ? [made] : [];
    return isFrame(frame, tag, id, description) ? [] : [frame];
  });
  return { ...tag, frames: first < 0 && made ? [...frames, made] : frames };
}
