import { defaultSpeakers } from '@tutti/dsp';
import type { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { MediaError } from '../../errors.ts';
import { checkStreamFigures } from '../../stream-figures.ts';
import type { AudioFormat } from '../audio-source.ts';
import { speakersPart } from '../channel-mask.ts';
import { type DecodedPackets, type PacketCodec, startsWith, toWavOrder } from './packet-codec.ts';

/** The input area of the library; no real packet comes near it. */
const MAXIMUM_PACKET_BYTES = 128 * 1024;

/** The fields of a page that `decodeOggPages` looks at. The library's own parser fills many more, at a cost. */
interface MinimalPage {
  readonly data: Uint8Array;
  readonly codecFrames: readonly {
    readonly data: Uint8Array;
    readonly header?: { readonly vorbisSetup: Uint8Array };
  }[];
  readonly isLastPage: false;
}
type LibraryPages = Parameters<OggVorbisDecoder['decodeOggPages']>[0];

/** Vorbis by libvorbis in WASM; pages are taken apart and time is kept here. */
export class VorbisCodec implements PacketCodec {
  readonly format: AudioFormat;
  readonly preSkip = 0;
  readonly gain = 1;
  readonly #name: string;
  readonly #identification: Uint8Array;
  #decoder: OggVorbisDecoder | undefined;
  #headers = 0;

  /** @param identification the first packet (Vorbis I, section 4.2.2) */
  constructor(identification: Uint8Array, name: string) {
    this.#name = name;
    this.#identification = identification.slice();
    const view = Buffer.from(this.#identification.buffer);
    const blocks = view.length >= 30 ? view.readUInt8(28) : 0;
    const [short, long] = [blocks & 15, blocks >> 4];
    if (view.length < 30 || view.readUInt32LE(7) !== 0 || short < 6 || long > 13 || short > long || !(view[29]! & 1)) {
      throw new MediaError('corrupt', `${name}: its Vorbis header is damaged`, { path: name });
    }
    const sampleRate = view.readUInt32LE(12);
    const channels = view.readUInt8(11);
    checkStreamFigures(name, sampleRate, channels);
    const places = speakersPart(defaultSpeakers(channels));
    this.format = {
      container: 'ogg',
      codec: 'vorbis',
      sampleRate,
      channels,
      ...places,
      seconds: null,
      lossless: false,
    };
  }

  async header(packet: Uint8Array): Promise<boolean> {
    if (this.#headers === 3) return false;
    const kind = ['\x01vorbis', '\x03vorbis', '\x05vorbis'][this.#headers]!;
    if (!startsWith(packet, kind) || (this.#headers === 2 && packet.length > MAXIMUM_PACKET_BYTES)) {
      throw new MediaError(
        'corrupt',
        `${this.#name}: header ${this.#headers + 1} of 3 of its Vorbis stream is damaged`,
        {
          path: this.#name,
        },
      );
    }
    this.#headers += 1;
    if (this.#headers < 3) return true;
    // Loaded when there is something for it: it is large, and most runs need only some of the codecs.
    const library = await import('@wasm-audio-decoders/ogg-vorbis');
    this.#decoder = new library.OggVorbisDecoder();
    await this.#decoder.ready;
    await this.#run([
      { data: this.#identification, codecFrames: [], isLastPage: false },
      {
        data: new Uint8Array(1),
        codecFrames: [{ data: new Uint8Array(0), header: { vorbisSetup: packet } }],
        isLastPage: false,
      },
    ]);
    return true;
  }

  async decode(packets: readonly Uint8Array[]): Promise<DecodedPackets> {
    const codecFrames = packets.filter((packet) => packet.length <= MAXIMUM_PACKET_BYTES).map((data) => ({ data }));
    return this.#run([{ data: new Uint8Array(1), codecFrames, isLastPage: false }]);
  }

  async #run(pages: readonly MinimalPage[]): Promise<DecodedPackets> {
    // The library's declared type demands fields that it does not read.
    const decoded = await this.#decoder!.decodeOggPages(pages as unknown as LibraryPages);
    const { channels } = this.format;
    if (decoded.channelData.length < channels) return { channels: [], frames: 0 };
    return { channels: toWavOrder(decoded.channelData.slice(0, channels)), frames: decoded.samplesDecoded };
  }

  close(): void {
    this.#decoder?.free();
    this.#decoder = undefined;
  }
}
