import type { Warnings } from '../../warnings.ts';
import type { OggPage } from './ogg-pages.ts';

/** No header of a real file is longer; comments with pictures are the longest packets there are. */
const MAXIMUM_PACKET_BYTES = 2 ** 26;

/** What one page adds to a logical stream. */
export interface OggPackets {
  /** Whole packets that end on the page; each a copy of its own when it began on an earlier page. */
  readonly packets: readonly Uint8Array[];
  /** Pages, and with them packets, were lost before this one. */
  readonly gap: boolean;
}

/** Puts the packets of one logical stream together again (RFC 3533, section 5). */
export class PacketAssembler {
  readonly #warnings: Warnings;
  #partial: Uint8Array[] = [];
  #partialBytes = 0;
  #sequence: number | undefined;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  take(page: OggPage): OggPackets {
    const gap = this.#sequence !== undefined && page.sequence !== this.#sequence + 1;
    this.#sequence = page.sequence;
    if (gap) {
      this.#warnings.add('an Ogg page is missing: a moment of sound is lost');
      this.#drop();
    }
    const packets: Uint8Array[] = [];
    let from = 0;
    let to = 0;
    // The rest of a packet whose beginning is lost, or that was said to be none of this page.
    let orphan = page.continued && this.#partial.length === 0;
    if (!page.continued) this.#drop();
    for (const segment of page.lacing) {
      to += segment;
      if (segment === 255) continue;
      const piece = page.body.subarray(from, to);
      if (!orphan) packets.push(this.#partial.length > 0 ? this.#join(piece) : piece);
      orphan = false;
      from = to;
    }
    if (to > from && !orphan) this.#keep(page.body.subarray(from, to));
    return { packets, gap };
  }

  #keep(piece: Uint8Array): void {
    this.#partialBytes += piece.length;
    if (this.#partialBytes > MAXIMUM_PACKET_BYTES) {
      this.#warnings.add(`an Ogg packet of more than ${MAXIMUM_PACKET_BYTES} bytes was left out`);
      this.#drop();
      return;
    }
    this.#partial.push(piece.slice());
  }

  #join(last: Uint8Array): Uint8Array {
    const whole = new Uint8Array(this.#partialBytes + last.length);
    let at = 0;
    for (const piece of this.#partial) {
      whole.set(piece, at);
      at += piece.length;
    }
    whole.set(last, at);
    this.#drop();
    return whole;
  }

  #drop(): void {
    this.#partial = [];
    this.#partialBytes = 0;
  }
}
