/** Frames at 48 kHz of one Opus frame, by configuration number (RFC 6716, table 2). */
function frameLength(configuration: number): number {
  if (configuration < 12) return [480, 960, 1920, 2880][configuration & 3]!;
  if (configuration < 16) return [480, 960][configuration & 1]!;
  return [120, 240, 480, 960][configuration & 3]!;
}

/** Bytes of the length field at `at` and the length it says (section 3.2.1); undefined when it is cut. */
function readLength(packet: Uint8Array, at: number): { size: number; length: number } | undefined {
  const first = packet[at];
  if (first === undefined) return undefined;
  if (first < 252) return { size: 1, length: first };
  const second = packet[at + 1];
  return second === undefined ? undefined : { size: 2, length: second * 4 + first };
}

/** True when the packet of code 3 (section 3.2.5) holds together. */
function isSoundCode3(packet: Uint8Array, count: number): boolean {
  const flags = packet[1]!;
  let at = 2;
  let padding = 0;
  if (flags & 0x40) {
    let byte: number | undefined;
    do {
      byte = packet[at++];
      if (byte === undefined) return false;
      padding += byte === 255 ? 254 : byte;
    } while (byte === 255);
  }
  if (flags & 0x80) {
    let lengths = 0;
    for (let i = 0; i < count - 1; i++) {
      const field = readLength(packet, at);
      if (!field) return false;
      at += field.size;
      lengths += field.length;
    }
    return at + lengths + padding <= packet.length;
  }
  const rest = packet.length - at - padding;
  return rest >= 0 && rest % count === 0 && rest / count <= 1275;
}

/**
 * How many frames at 48 kHz an Opus packet decodes to; 0 when it is malformed (RFC 6716, section 3.4). Checked
 * before the decoder sees it, so that the decoder never fails and time is kept across bad packets.
 */
export function opusPacketFrames(packet: Uint8Array): number {
  const toc = packet[0];
  if (toc === undefined) return 0;
  const length = frameLength(toc >> 3);
  switch (toc & 3) {
    case 0:
      return packet.length - 1 <= 1275 ? length : 0;
    case 1:
      return packet.length % 2 === 1 && (packet.length - 1) / 2 <= 1275 ? 2 * length : 0;
    case 2: {
      const field = readLength(packet, 1);
      if (!field || 1 + field.size + field.length > packet.length) return 0;
      return packet.length - 1 - field.size - field.length <= 1275 ? 2 * length : 0;
    }
    default: {
      const count = packet.length > 1 ? packet[1]! & 0x3f : 0;
      if (count === 0 || count * length > 5760 || !isSoundCode3(packet, count)) return 0;
      return count * length;
    }
  }
}
