import type { TagChanges, TagObject, WritableObject, WritableText } from './tag-change.ts';
import { OBJECT_NAMES, TEXT_NAMES } from './tag-names.data.ts';

/** What each tag is to be where tags hold only text, by the names of one kind of them; null takes it away. */
export function namedTexts({ texts, objects }: TagChanges, kind: 'vorbis' | 'mp4'): Map<string, string | null> {
  const named = new Map<string, string | null>();
  for (const [field, text] of Object.entries(texts) as [WritableText, string | null][]) {
    named.set(TEXT_NAMES[field][kind], text);
  }
  for (const [field, object] of Object.entries(objects) as [WritableObject, TagObject | null][]) {
    const name = OBJECT_NAMES[field][kind];
    if (name !== null) named.set(name, object?.text ?? null);
  }
  return named;
}
