import { type Kernels, PcmDecoder, pcmSampleBytes, SampleBlock } from '@tutti/dsp';
import { BLOCK_FRAMES, LARGEST_SAMPLE } from '../../limits.ts';
import { atSeconds, type Warnings } from '../../warnings.ts';
import type { AudioFormat, Decoder } from '../audio-source.ts';
import { speakersPart } from '../channel-mask.ts';
import type { FileBytes } from '../file-bytes.ts';
import { SampleScreen } from '../sample-screen.ts';
import { codecOf, type PcmLayout } from './pcm-layout.ts';

/** Reads uncompressed samples out of a file. */
export function openPcm(file: FileBytes, layout: PcmLayout, kernels: Kernels, warnings: Warnings): Decoder {
  const { encoding, sampleRate, channels, bitsPerSample, container } = layout;
  for (const text of layout.warnings) warnings.add(text);
  const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
  const pcm = new PcmDecoder(block, encoding);
  const frames = Math.floor(layout.bytes / pcm.frameBytes);
  const extra = layout.bytes - frames * pcm.frameBytes;
  if (extra > 0) warnings.add(`the last frame is cut: ${extra} of its ${pcm.frameBytes} bytes are there`);
  const codec = codecOf(encoding);
  const format: AudioFormat = {
    container,
    codec,
    sampleRate,
    channels,
    ...speakersPart(layout.speakers),
    seconds: frames / sampleRate,
    bitsPerSample: codec === 'float' ? pcmSampleBytes(encoding) * 8 : bitsPerSample,
    lossless: true,
  };

  async function* blocks(): AsyncGenerator<SampleBlock, void, undefined> {
    const bytes = new Uint8Array(BLOCK_FRAMES * pcm.frameBytes);
    const screen = codec === 'float' ? new SampleScreen(LARGEST_SAMPLE, sampleRate) : undefined;
    for (let done = 0; done < frames; ) {
      const wanted = Math.min(BLOCK_FRAMES, frames - done);
      const read = await file.readInto(
        bytes.subarray(0, wanted * pcm.frameBytes),
        layout.start + done * pcm.frameBytes,
      );
      const whole = Math.floor(read / pcm.frameBytes);
      if (whole === 0) {
        warnings.add(`the file became shorter while it was read: it ends at ${atSeconds(done, sampleRate)}`);
        return;
      }
      pcm.decode(bytes.subarray(0, whole * pcm.frameBytes));
      screen?.check(block);
      done += whole;
      yield block;
    }
    screen?.finish(file.name, warnings);
  }
  return { format, blocks };
}
