/** Frames at 48 kHz of one Opus frame, by configuration number (RFC 6716, table 2). */
function frameLength(configuration: number): number {
  if (configuration < 12) return [480, 960, 1920, 2880][configuration & 3]!;
  if (configuration < 16) return [480, 960][configuration & 1]!;
  return [120, 240, 480, 960][configuration & 3]!;
}

/** Longest frame in bytes, and longest packet in frames at 48 kHz (RFC 6716, section 3.4). */
const LONGEST_FRAME_BYTES = 1275;
const LONGEST_PACKET_FRAMES = 5760;

/** Takes a packet's bytes one after the other; `isCut` once there were too few. */
class PacketReader {
  readonly #packet: Uint8Array;
  at: number;
  isCut = false;

  constructor(packet: Uint8Array, at: number) {
    this.#packet = packet;
    this.at = at;
  }

  byte(): number {
    const value = this.#packet[this.at++];
    this.isCut ||= value === undefined;
    return value ?? 0;
  }

  /** A frame's length (section 3.2.1). */
  length(): number {
    const first = this.byte();
    return first < 252 ? first : this.byte() * 4 + first;
  }

  /** Bytes of padding behind the frames (section 3.2.5). */
  padding(): number {
    let padding = 0;
    for (;;) {
      const byte = this.byte();
      if (byte < 255) return padding + byte;
      padding += 254;
    }
  }
}

/**
 * Frames at 48 kHz of the packet of one stream that begins at `start`, and where it ends; undefined when it is malformed.
 * @param isDelimited it says itself how long its last frame is, as all streams of a packet but the last do (appendix B)
 */
function streamPacket(
  packet: Uint8Array,
  start: number,
  isDelimited: boolean,
): { readonly frames: number; readonly end: number } | undefined {
  const reader = new PacketReader(packet, start);
  const toc = reader.byte();
  const code = toc & 3;
  const flags = code === 3 ? reader.byte() : 0;
  const count = code === 3 ? flags & 0x3f : Math.min(2, code + 1);
  const frames = count * frameLength(toc >> 3);
  if (frames === 0 || frames > LONGEST_PACKET_FRAMES) return undefined;
  const padding = flags & 0x40 ? reader.padding() : 0;
  // Of frames of different lengths all but the last are told; frames of one length share what is left.
  const told = code === 2 || flags & 0x80 ? count - 1 : 0;
  let bytes = 0;
  for (let i = 0; i < told; i++) bytes += reader.length();
  const sharers = count - told;
  let last: number;
  if (isDelimited) last = reader.length();
  else last = (packet.length - reader.at - bytes - padding) / sharers;
  const end = reader.at + bytes + last * sharers + padding;
  if (reader.isCut || !Number.isInteger(last) || last < 0 || last > LONGEST_FRAME_BYTES) return undefined;
  return end <= packet.length ? { frames, end } : undefined;
}

/**
 * How many frames at 48 kHz an Opus packet decodes to; 0 when it is malformed (RFC 6716, section 3.4), or when its streams
 * do not last equally long (RFC 7845, section 3). Checked before the decoder sees it, so that the decoder never fails and
 * time is kept across bad packets.
 * @param streams how many streams the packet holds, one behind the other
 */
export function opusPacketFrames(packet: Uint8Array, streams = 1): number {
  let frames = 0;
  let start = 0;
  for (let stream = 0; stream < streams; stream++) {
    const read = streamPacket(packet, start, stream < streams - 1);
    if (!read || (stream > 0 && read.frames !== frames)) return 0;
    frames = read.frames;
    start = read.end;
  }
  return frames;
}
