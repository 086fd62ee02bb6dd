import { defaultSpeakers } from '@tutti/dsp';
import type { OpusDecoder } from 'opus-decoder';
import { MediaError } from '../../errors.ts';
import { checkStreamFigures } from '../../stream-figures.ts';
import type { Warnings } from '../../warnings.ts';
import type { AudioFormat } from '../audio-source.ts';
import { speakersPart } from '../channel-mask.ts';
import { opusPacketFrames } from './opus-packet.ts';
import { type DecodedPackets, type PacketCodec, startsWith, toWavOrder } from './packet-codec.ts';

/** Opus always decodes at this rate; the header's rate only says what the source had. */
const SAMPLE_RATE = 48_000;

/** What the library reserves for one packet, per channel. */
const MAXIMUM_PACKET_BYTES = 3840;

interface OpusHead {
  readonly channels: number;
  readonly preSkip: number;
  /** dB, as Q7.8 in the file */
  readonly gainDb: number;
  readonly streams: number;
  readonly coupled: number;
  readonly mapping: number[];
  /** The channels are in the order of Vorbis; else nothing says where they belong. */
  readonly isPlaced: boolean;
}

/** The identification header (RFC 7845, section 5.1). */
function parseOpusHead(packet: Uint8Array, name: string): OpusHead {
  const view = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
  const damaged = (what: string) => new MediaError('corrupt', `${name}: its Opus header ${what}`, { path: name });
  if (view.length < 19) throw damaged('is cut off');
  if (view.readUInt8(8) >> 4 !== 0) throw damaged(`has version ${view.readUInt8(8)}; 1 is known`);
  const channels = view.readUInt8(9);
  checkStreamFigures(name, SAMPLE_RATE, channels);
  const preSkip = view.readUInt16LE(10);
  const gainDb = view.readInt16LE(16) / 256;
  const family = view.readUInt8(18);
  if (family === 0) {
    if (channels > 2) throw damaged(`has ${channels} channels without saying where they belong`);
    const mapping = [0, 1].slice(0, channels);
    return { channels, preSkip, gainDb, streams: 1, coupled: channels - 1, mapping, isPlaced: true };
  }
  if (view.length < 21 + channels) throw damaged('is cut off');
  const [streams, coupled] = [view.readUInt8(19), view.readUInt8(20)];
  const mapping = [...view.subarray(21, 21 + channels)];
  if (streams < 1 || coupled > streams || streams > 8 || mapping.some((at) => at !== 255 && at >= streams + coupled)) {
    throw damaged(`maps ${channels} channels to ${streams} streams in an impossible way`);
  }
  return { channels, preSkip, gainDb, streams, coupled, mapping, isPlaced: family === 1 };
}

/** Opus by libopus in WASM. Packets that are malformed become silence of the same length, with a warning. */
export class OpusCodec implements PacketCodec {
  readonly format: AudioFormat;
  readonly preSkip: number;
  readonly gain: number;
  readonly #head: OpusHead;
  readonly #warnings: Warnings;
  #decoder: OpusDecoder | undefined;
  #headers = 0;
  #lastFrames = 960;

  constructor(head: Uint8Array, name: string, warnings: Warnings) {
    this.#head = parseOpusHead(head, name);
    const { channels, preSkip, gainDb } = this.#head;
    this.#warnings = warnings;
    this.preSkip = preSkip;
    this.gain = 10 ** (gainDb / 20);
    this.format = {
      container: 'ogg',
      codec: 'opus',
      sampleRate: SAMPLE_RATE,
      channels,
      ...speakersPart(this.#head.isPlaced ? defaultSpeakers(channels) : undefined),
      seconds: null,
      lossless: false,
    };
  }

  async header(packet: Uint8Array): Promise<boolean> {
    if (this.#headers === 2) return false;
    // The comment header may be missing in damaged files: then this packet is sound already.
    if (this.#headers === 1 && !startsWith(packet, 'OpusTags')) {
      this.#headers = 2;
      return false;
    }
    this.#headers += 1;
    if (this.#headers === 1) await this.#load();
    return true;
  }

  /** Loads the library, which is large, when there is something for it. */
  async #load(): Promise<void> {
    const { OpusDecoder } = await import('opus-decoder');
    const { channels, streams, coupled, mapping } = this.#head;
    this.#decoder = new OpusDecoder({
      channels,
      streamCount: streams,
      coupledStreamCount: coupled,
      channelMappingTable: mapping,
      preSkip: 0,
    });
    await this.#decoder.ready;
  }

  async decode(packets: readonly Uint8Array[]): Promise<DecodedPackets> {
    const pieces: { channels: readonly Float32Array[] | undefined; frames: number }[] = [];
    let frames = 0;
    let good: Uint8Array[] = [];
    const flush = () => {
      if (good.length === 0) return;
      const decoded = this.#decoder!.decodeFrames(good);
      pieces.push({ channels: decoded.channelData, frames: decoded.samplesDecoded });
      frames += decoded.samplesDecoded;
      good = [];
    };
    for (const packet of packets) {
      const length = opusPacketFrames(packet, this.#head.streams);
      if (length > 0 && packet.length <= MAXIMUM_PACKET_BYTES * this.format.channels) {
        this.#lastFrames = length;
        good.push(packet);
        continue;
      }
      flush();
      this.#warnings.add('damaged Opus packets were taken as silence');
      pieces.push({ channels: undefined, frames: this.#lastFrames });
      frames += this.#lastFrames;
    }
    flush();
    const joined = this.#join(pieces, frames);
    return { channels: this.#head.isPlaced ? toWavOrder(joined) : joined, frames };
  }

  #join(pieces: readonly { channels: readonly Float32Array[] | undefined; frames: number }[], frames: number) {
    if (pieces.length === 1 && pieces[0]!.channels) return pieces[0]!.channels;
    return Array.from({ length: this.format.channels }, (_, channel) => {
      const whole = new Float32Array(frames);
      let at = 0;
      for (const piece of pieces) {
        if (piece.channels) whole.set(piece.channels[channel]!, at);
        at += piece.frames;
      }
      return whole;
    });
  }

  close(): void {
    this.#decoder?.free();
    this.#decoder = undefined;
  }
}
