import type { SampleBlock } from '@tutti/dsp';
import { type AudioSource, createAudioHasher } from '@tutti/media';

/** The same source, whose sound is hashed as it passes, and shown to whoever listens. */
export function overheard(
  source: AudioSource,
  listen: (samples: SampleBlock) => void = () => {},
): { readonly source: AudioSource; digest(): string } {
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
          listen(block.samples);
          yield block;
        }
      },
    },
    digest: () => hasher.digest(),
  };
}
