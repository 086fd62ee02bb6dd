import { atom, atomsIn, contentStart, endOf } from './mp4-atoms.ts';
import { namedTexts } from './named-texts.ts';
import type { TagChanges } from './tag-change.ts';

const UTF_8 = 1;
const INTEGER = 21;

/** An item by its name: four letters, or company and name of a free one. */
function nameOf(
  list: Buffer,
  item: { readonly type: string; readonly from: number; readonly to: number },
  name: string,
): string {
  if (item.type !== '----') return item.type;
  const texts = atomsIn(list, item.from, item.to, name).filter(({ type }) => type === 'mean' || type === 'name');
  return texts.map((part) => list.toString('utf8', contentStart(part) + 4, endOf(part))).join(':');
}

function data(type: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(type);
  return atom('data', head, content);
}

function itemOf(name: string, text: string): Buffer {
  const [company, free] = name.split(':');
  if (free !== undefined) {
    const part = (type: string, content: string) => atom(type, Buffer.alloc(4), Buffer.from(content, 'utf8'));
    return atom('----', part('mean', company!), part('name', free), data(UTF_8, Buffer.from(text, 'utf8')));
  }
  if (name !== 'tmpo') return atom(name, data(UTF_8, Buffer.from(text, 'utf8')));
  // The tempo is a whole number here.
  const tempo = Buffer.alloc(2);
  tempo.writeUInt16BE(Math.min(0xffff, Math.max(0, Math.round(Number(text)))));
  return atom(name, data(INTEGER, tempo));
}

/**
 * The content of an item list with changes; other items stay byte for byte.
 * @param list the content as it was; empty where there is none
 */
export function editItems(list: Buffer, changes: TagChanges, name: string): Buffer {
  const wanted = namedTexts(changes, 'mp4');
  const names = new Map([...wanted.keys()].map((key) => [key.toLowerCase(), key]));
  const kept = atomsIn(list, 0, list.length, name).flatMap((item) => {
    const found = names.get(
      nameOf(list, { type: item.type, from: contentStart(item), to: endOf(item) }, name).toLowerCase(),
    );
    if (found === undefined) return [list.subarray(item.position, endOf(item))];
    const text = wanted.get(found) ?? null;
    wanted.delete(found);
    return text === null ? [] : [itemOf(found, text)];
  });
  for (const [key, text] of wanted) if (text !== null) kept.push(itemOf(key, text));
  return Buffer.concat(kept);
}
