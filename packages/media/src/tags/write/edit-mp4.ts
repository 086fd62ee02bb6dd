import type { FileBytes } from '../../decode/file-bytes.ts';
import { type Atom, atom, atomAt, atomsIn, contentStart, endOf } from './mp4-atoms.ts';
import { editItems } from './mp4-items.ts';
import { type Splice, spliceBetween } from './splice.ts';
import { cannotWrite, corruptTags, requireTagSize, type TagChanges } from './tag-change.ts';

const MAXIMUM_ATOMS = 100_000;
/** Atoms that hold nothing. */
const FREE = new Set(['free', 'skip']);
/** The way from the film's head to its tables of places. */
const TABLE_PATH = ['trak', 'mdia', 'minf', 'stbl'];
/** Least bytes of an atom. */
const HEAD_BYTES = 8;

/**
 * Changes the item list of an MP4 or QuickTime file (ISO/IEC 14496-12; Apple, QuickTime File Format, "Metadata"). Free atoms give
 * or take the difference where they can; else what lies behind moves, and the tables say so.
 */
export async function editMp4(file: FileBytes, changes: TagChanges): Promise<Splice[]> {
  const top = await topAtoms(file);
  const index = top.findIndex(({ type }) => type === 'moov');
  const moov = top[index];
  if (!moov) throw corruptTags(file.name, 'it has no atom "moov"');
  if (top.some(({ type }) => type === 'moof')) throw cannotWrite(file.name, 'it is in fragments');
  if (moov.headBytes !== HEAD_BYTES) throw cannotWrite(file.name, 'the head of its film has a long size');
  requireTagSize(file.name, moov.size);
  const next = top[index + 1];
  const free = next && FREE.has(next.type) && next.headBytes === HEAD_BYTES ? next : undefined;
  const before = await file.read(moov.position, moov.size + (free?.size ?? 0));
  const head = before.subarray(0, moov.size);
  const edited = withItems(head, changes, file.name);
  if (edited.length === head.length) return spliceBetween(moov.position, head, edited);
  const by = edited.length - head.length;
  const isLast = index === top.length - 1;
  if (isLast) return spliceBetween(moov.position, head, edited);
  const left = (free?.size ?? 0) - by;
  if (free && left >= HEAD_BYTES) {
    const after = Buffer.concat([edited, atom('free', Buffer.alloc(left - HEAD_BYTES))]);
    return spliceBetween(moov.position, before, after);
  }
  moveTables(edited, endOf(moov), by, file.name);
  return spliceBetween(moov.position, head, edited);
}

async function topAtoms(file: FileBytes): Promise<Atom[]> {
  const atoms: Atom[] = [];
  for (let at = 0; at + HEAD_BYTES <= file.size; ) {
    const found = atomAt(await file.read(at, 16), at, file.size);
    if (!found) throw corruptTags(file.name, `the atom at byte ${at} ends behind the file`);
    if (atoms.length === MAXIMUM_ATOMS) throw corruptTags(file.name, `more than ${MAXIMUM_ATOMS} atoms`);
    atoms.push(found);
    at = endOf(found);
  }
  return atoms;
}

/** The film's head with another item list; one that has none gets it. */
function withItems(moov: Buffer, changes: TagChanges, name: string): Buffer {
  const whole: Atom = { type: 'moov', position: 0, headBytes: HEAD_BYTES, size: moov.length };
  const child = (parent: Atom, type: string, skipped = 0) =>
    atomsIn(moov, contentStart(parent) + skipped, endOf(parent), name).find((found) => found.type === type);
  const udta = child(whole, 'udta');
  const meta = udta && child(udta, 'meta');
  // QuickTime's own kind has no version before its content.
  const version = meta && moov.toString('latin1', contentStart(meta) + 4, contentStart(meta) + 8) === 'hdlr' ? 0 : 4;
  const ilst = meta && child(meta, 'ilst', version);
  const path = [whole, udta, meta, ilst].filter((found) => found !== undefined);
  const list = editItems(ilst ? moov.subarray(contentStart(ilst), endOf(ilst)) : Buffer.alloc(0), changes, name);
  if (list.length === 0 && !ilst) return moov;
  if (ilst && meta) {
    const after = atomsIn(moov, contentStart(meta) + version, endOf(meta), name);
    const free = after[after.findIndex(({ position }) => position === ilst.position) + 1];
    const left = ilst.size + (free && FREE.has(free.type) ? free.size : 0) - (HEAD_BYTES + list.length);
    if (free && FREE.has(free.type) && left >= HEAD_BYTES) {
      const made = Buffer.concat([atom('ilst', list), atom('free', Buffer.alloc(left - HEAD_BYTES))]);
      return replaced(moov, path.slice(0, -1), ilst.position, endOf(free), made);
    }
    return replaced(moov, path.slice(0, -1), ilst.position, endOf(ilst), atom('ilst', list));
  }
  const handler = atom('hdlr', Buffer.alloc(8), Buffer.from('mdirappl', 'latin1'), Buffer.alloc(9));
  const made = [atom('ilst', list)];
  if (!meta) made.unshift(Buffer.alloc(4), handler);
  const missing = meta ? made[0]! : udta ? atom('meta', ...made) : atom('udta', atom('meta', ...made));
  const at = endOf(path.at(-1)!);
  return replaced(moov, path, at, at, missing);
}

/** Bytes of the film's head become others, and all that hold them say how long they are now. */
function replaced(moov: Buffer, holders: readonly Atom[], from: number, to: number, made: Buffer): Buffer {
  const after = Buffer.concat([moov.subarray(0, from), made, moov.subarray(to)]);
  for (const { position, size } of holders) after.writeUInt32BE(size + made.length - (to - from), position);
  return after;
}

/** Sound that lay at `from` of the file or behind lies further on by `by` bytes: the tables of places are told. */
function moveTables(moov: Buffer, from: number, by: number, name: string): void {
  let holders: Atom[] = [{ type: 'moov', position: 0, headBytes: HEAD_BYTES, size: moov.length }];
  for (const type of TABLE_PATH) {
    holders = holders.flatMap((holder) =>
      atomsIn(moov, contentStart(holder), endOf(holder), name).filter((found) => found.type === type),
    );
  }
  for (const holder of holders) {
    for (const table of atomsIn(moov, contentStart(holder), endOf(holder), name)) {
      if (table.type === 'stco') moveEntries(moov, table, 4, from, by, name);
      if (table.type === 'co64') moveEntries(moov, table, 8, from, by, name);
    }
  }
}

function moveEntries(moov: Buffer, table: Atom, width: 4 | 8, from: number, by: number, name: string): void {
  const start = contentStart(table) + 8;
  const count = start <= endOf(table) ? moov.readUInt32BE(start - 4) : Number.POSITIVE_INFINITY;
  if (start + count * width > endOf(table)) throw corruptTags(name, `its table "${table.type}" is cut off`);
  for (let at = start; at < start + count * width; at += width) {
    const place = width === 4 ? moov.readUInt32BE(at) : Number(moov.readBigUInt64BE(at));
    if (place < from) continue;
    if (width === 8) moov.writeBigUInt64BE(BigInt(place + by), at);
    else if (place + by < 2 ** 32) moov.writeUInt32BE(place + by, at);
    else throw cannotWrite(name, 'its sound would lie further on than its tables can say');
  }
}
