import type { IAudioMetadata } from 'music-metadata';
import { NATIVE_TAGS } from './tag-map.data.ts';

const SLOWEST_BPM = 20;
const FASTEST_BPM = 400;

/** What a tag says that music-metadata has no common name for in every format. */
export function nativeTag({ native }: Pick<IAudioMetadata, 'native'>, field: keyof typeof NATIVE_TAGS): string | null {
  const pattern = NATIVE_TAGS[field];
  const found = Object.values(native)
    .flat()
    .find(({ id, value }) => pattern.test(id) && typeof value === 'string')?.value;
  return typeof found === 'string' ? found : null;
}

/** A tempo somebody may have meant: 0 stands for none in many files. The library's own value has no fraction. */
export function taggedTempo(metadata: Pick<IAudioMetadata, 'common' | 'native'>): number | null {
  const written = nativeTag(metadata, 'bpm');
  const bpm = written === null ? (metadata.common.bpm ?? 0) : Number(written.replace(',', '.'));
  return bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM ? bpm : null;
}
