import { type AudioSource, createAudioHasher } from '@tutti/media';

/** The same source, whose sound is hashed as it passes. */
export function overheard(source: AudioSource): { readonly source: AudioSource; digest(): string } {
  const hasher = createAudioHasher(source.format.sampleRate, source.format.channels);
  return {
    source: {
      format: source.format,
      get warnings() {
        return source.warnings;
      },
      close: () => source.close(),
      async *blocks() {
        for await (const block of source.blocks()) {
          hasher.update(block.samples);
          yield block;
        }
      },
    },
    digest: () => hasher.digest(),
  };
}
