import { FlacDecoder, type Kernels, SampleBlock } from '@tutti/dsp';
import { MediaError } from '../../errors.ts';
import type { Warnings } from '../../warnings.ts';
import type { AudioFormat } from '../audio-source.ts';
import { flacFormat } from '../flac/flac.ts';
import { parseStreamInfo, STREAM_INFO_BYTES } from '../flac/stream-info.ts';
import type { DecodedPackets, PacketCodec } from './packet-codec.ts';

/** FLAC in Ogg (RFC 9639, section 10.1): one frame a packet. */
export class FlacCodec implements PacketCodec {
  readonly format: AudioFormat;
  readonly preSkip = 0;
  readonly gain = 1;
  readonly #block: SampleBlock;
  readonly #decoder: FlacDecoder;
  readonly #warnings: Warnings;

  constructor(first: Uint8Array, name: string, kernels: Kernels, warnings: Warnings) {
    const view = Buffer.from(first.buffer, first.byteOffset, first.length);
    if (view.length < 17 + STREAM_INFO_BYTES || view.toString('latin1', 9, 13) !== 'fLaC') {
      throw new MediaError('corrupt', `${name}: its FLAC header is damaged`, { path: name });
    }
    const info = parseStreamInfo(view.subarray(17), name);
    this.format = flacFormat('ogg', info);
    this.#block = new SampleBlock(kernels, info.channels, info.maximumBlock);
    this.#decoder = new FlacDecoder(this.#block, info);
    this.#warnings = warnings;
  }

  async header(packet: Uint8Array): Promise<boolean> {
    // Frames begin with 0xff; the mapping header with 0x7f, metadata blocks with their type below 0x7f.
    return packet[0] !== 0xff;
  }

  async decode(packets: readonly Uint8Array[]): Promise<DecodedPackets> {
    const pieces: Float32Array[][] = [];
    let frames = 0;
    for (const packet of packets) {
      // Some writers end the stream with an empty packet.
      if (packet.length === 0) continue;
      const result = packet.length <= this.#decoder.capacity ? this.#read(packet) : 'invalid';
      if (typeof result === 'string' || result.sampleRate !== this.format.sampleRate) {
        this.#warnings.add('damaged FLAC frames were left out');
        continue;
      }
      pieces.push(
        Array.from({ length: this.format.channels }, (_, channel) =>
          this.#block.channel(channel).slice(0, this.#block.frames),
        ),
      );
      frames += this.#block.frames;
    }
    const channels = Array.from({ length: this.format.channels }, (_, channel) => {
      const whole = new Float32Array(frames);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece[channel]!, at);
        at += piece[channel]!.length;
      }
      return whole;
    });
    return { channels, frames };
  }

  #read(packet: Uint8Array) {
    this.#decoder.load(packet);
    return this.#decoder.decode(0);
  }

  close(): void {}
}
