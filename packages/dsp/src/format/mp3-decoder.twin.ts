import { BitString } from './bits.twin.ts';
import { bandsTwin } from './mp3-bands.twin.ts';
import { hybridTwin, reduceAliasTwin } from './mp3-hybrid.twin.ts';
import { type ScalesTwin, scalesMpeg1, scalesMpeg2 } from './mp3-scale-factors.twin.ts';
import { blockKind, type FrameTwin, frameTwin } from './mp3-side-info.twin.ts';
import { requantiseTwin, valuesTwin } from './mp3-spectrum.twin.ts';
import { stereoTwin } from './mp3-stereo.twin.ts';
import { SynthesisTwin } from './mp3-synthesis.twin.ts';

/** Layer III by the formulas of ISO/IEC 11172-3 and 13818-3, frames that are whole and right only. */
export class Mp3DecoderTwin {
  #mainData = new Uint8Array(0);
  readonly #overlaps = [new Float64Array(576), new Float64Array(576)];
  readonly #syntheses = [new SynthesisTwin(), new SynthesisTwin()];

  /** Samples of each channel. */
  decode(bytes: Uint8Array): number[][] {
    const frame = frameTwin(bytes);
    const before = this.#mainData.length;
    if (frame.mainDataBegin > before) throw new Error('main data begins before the stream');
    this.#mainData = Uint8Array.from([...this.#mainData, ...bytes.subarray(frame.payload)]);
    const spectra = this.#spectra(frame, new BitString(this.#mainData, 8 * (before - frame.mainDataBegin)));
    this.#mainData = this.#mainData.slice(-511);
    const samples: number[][] = Array.from({ length: frame.channels }, () => []);
    for (const [g, granule] of frame.granules.entries()) {
      for (const [channel, { blockType, mixed }] of granule.entries()) {
        const lines = spectra[g]![channel]!;
        const longSubbands = blockType !== 2 ? 32 : mixed ? 2 : 0;
        reduceAliasTwin(lines, Math.max(0, longSubbands - 1));
        const typeOf = (subband: number) => (mixed && subband < 2 ? 0 : blockType);
        for (const slot of hybridTwin(lines, typeOf, this.#overlaps[channel]!)) {
          samples[channel]!.push(...this.#syntheses[channel]!.slot(slot));
        }
      }
    }
    return samples;
  }

  /** Lines of every granule and channel, after joint stereo. */
  #spectra({ mpeg1, sampleRate, shared, granules, midSide, intensity }: FrameTwin, bits: BitString): Float64Array[][] {
    const first: ScalesTwin[] = [];
    return granules.map((granule, g) => {
      const scales: ScalesTwin[] = [];
      const lines = granule.map((info, channel) => {
        const end = bits.position + info.bits;
        const bands = bandsTwin(sampleRate, blockKind(info));
        scales[channel] = mpeg1
          ? scalesMpeg1(bits, info, bands, shared[channel]!, first[channel])
          : scalesMpeg2(bits, info, bands, intensity && channel === 1);
        if (g === 0) first[channel] = scales[channel];
        const values = valuesTwin(bits, info, sampleRate, end);
        bits.position = end;
        return requantiseTwin(values, info, bands, scales[channel]);
      });
      if (midSide || intensity) {
        const joint = intensity ? { mpeg1, intensityScale: granule[1]!.scaleCompress & 1 } : undefined;
        const bands = bandsTwin(sampleRate, blockKind(granule[0]!));
        stereoTwin(lines[0]!, lines[1]!, bands, scales[1]!.positions, midSide, joint);
      }
      return lines;
    });
  }
}
