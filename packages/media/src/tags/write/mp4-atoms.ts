import { corruptTags } from './tag-change.ts';

/** Where an atom lies in a buffer or file (ISO/IEC 14496-12, 4.2). */
export interface Atom {
  readonly type: string;
  readonly position: number;
  readonly headBytes: number;
  /** Its head included. */
  readonly size: number;
}

export const endOf = ({ position, size }: Atom): number => position + size;
export const contentStart = ({ position, headBytes }: Atom): number => position + headBytes;

/** Reads the head of an atom, of at least 8 bytes, that has to end at `limit` or before; undefined where it does not. */
export function atomAt(head: Buffer, position: number, limit: number): Atom | undefined {
  if (head.length < 8) return undefined;
  const short = head.readUInt32BE(0);
  const isLong = short === 1;
  if (isLong && head.length < 16) return undefined;
  const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? limit - position : short;
  const headBytes = isLong ? 16 : 8;
  if (size < headBytes || position + size > limit) return undefined;
  return { type: head.toString('latin1', 4, 8), position, headBytes, size };
}

/** The atoms between two positions of a buffer. @throws MediaError 'corrupt' where they do not fill it */
export function atomsIn(bytes: Buffer, from: number, to: number, name: string): Atom[] {
  const atoms: Atom[] = [];
  for (let at = from; at + 8 <= to; ) {
    const atom = atomAt(bytes.subarray(at, Math.min(to, at + 16)), at, to);
    if (!atom) {
      // QuickTime may end a list by four zeros.
      if (bytes.subarray(at, to).every((byte) => byte === 0)) break;
      throw corruptTags(name, `an atom at byte ${at} of the film's head ends behind what holds it`);
    }
    atoms.push(atom);
    at = endOf(atom);
  }
  return atoms;
}

export function atom(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}
