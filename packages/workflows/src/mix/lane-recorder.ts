import { FeatureStream, type Kernels, SampleBlock } from '@tutti/dsp';
import type { AudioBlock, AudioSource } from '@tutti/media';
import { gainAt, type MixPlanTrack, sourceSecondsAt } from '@tutti/music/mixing';
import type { Lane } from '../mix-picture/lane.ts';

const BLOCK_FRAMES = 8192;

interface Bands {
  readonly frameRate: number;
  /** Mean square in each band, each frame. */
  readonly low: Float32Array;
  readonly mid: Float32Array;
  readonly high: Float32Array;
}

/** Listens to a track while the renderer reads it, and draws it as the faders let it through. */
export class LaneRecorder {
  readonly #kernels: Kernels;
  #bands: Bands | undefined;

  /** @param kernels what is heard takes memory in them, which is the caller's to release */
  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** The same source, overheard. */
  listen(source: AudioSource): AudioSource {
    return { ...source, warnings: source.warnings, close: () => source.close(), blocks: () => this.#overhear(source) };
  }

  /** Hears a track that the renderer has no need to read. */
  async hear(source: AudioSource): Promise<void> {
    try {
      for await (const block of this.#overhear(source)) void block;
    } finally {
      await source.close();
    }
  }

  async *#overhear(source: AudioSource): AsyncGenerator<AudioBlock, void, undefined> {
    const kernels = this.#kernels;
    const { sampleRate, channels } = source.format;
    const features = new FeatureStream(kernels, { sampleRate });
    const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
    try {
      for await (const piece of source.blocks()) {
        for (let offset = 0; offset < piece.frames; offset += BLOCK_FRAMES) {
          block.write(piece.channels, offset, Math.min(BLOCK_FRAMES, piece.frames - offset));
          features.process(block);
        }
        yield piece;
      }
    } finally {
      // The renderer stops reading where the track leaves the mix.
      const { frameRate, bandEnergies } = features.finish();
      this.#bands = { frameRate, ...bandEnergies };
    }
  }

  /** What is heard of the track in the mix, in steps of `hopSeconds` of the mix. */
  waveform(track: MixPlanTrack, hopSeconds: number): Lane['waveform'] {
    const bands = this.#bands;
    const steps = bands ? Math.ceil((track.end - track.start) / hopSeconds) : 0;
    const gain = 10 ** (track.gainDb / 20);
    const draw = (energies: Float32Array, band: MixPlanTrack['low']) =>
      Array.from({ length: steps }, (_, step) => {
        const from = track.start + step * hopSeconds;
        const middle = from + hopSeconds / 2;
        const frame = (mixSeconds: number) =>
          Math.max(0, Math.floor(sourceSecondsAt(track.timeMap, mixSeconds) * bands!.frameRate));
        const part = energies.subarray(frame(from), Math.max(frame(from) + 1, frame(from + hopSeconds)));
        const loudest = part.reduce((most, value) => Math.max(most, value), 0);
        // A full-scale sine has the mean square 0.5.
        const amplitude = Math.sqrt(2 * loudest) * gain * gainAt(track.level, middle) * gainAt(band, middle);
        return Math.round(1000 * Math.min(1, amplitude)) / 1000;
      });
    return {
      hopSeconds,
      low: bands ? draw(bands.low, track.low) : [],
      mid: bands ? draw(bands.mid, track.mid) : [],
      high: bands ? draw(bands.high, track.high) : [],
    };
  }
}
