import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { timeColumn, wholeColumn } from '../database/values.ts';
import { LibraryError } from '../errors.ts';
import { checkedRule, type PlaylistRule, playlistRuleSchema } from './playlist-rule.ts';

/** A list that a person keeps, by hand or by a rule. */
export interface Playlist {
  readonly id: number;
  /** The folders that it is in, outermost first. */
  readonly folders: readonly string[];
  readonly name: string;
  /** Null of one that is kept by hand. */
  readonly rule: PlaylistRule | null;
  /** Of one that is kept by hand; null of a smart one. */
  readonly entries: number | null;
  readonly changed: Date;
}

/** What a list is called, and where it is. */
export type PlaylistPlace = Pick<Playlist, 'folders' | 'name'>;

/** Characters of a name, and folders around it. */
export const LONGEST_PLAYLIST_NAME = 200;
const DEEPEST_FOLDER = 20;

const playlistRow = z.object({
  id: wholeColumn,
  folders: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  name: z.string(),
  rule: playlistRuleSchema.nullable(),
  entries: wholeColumn.nullable(),
  changed: timeColumn,
});

const PLAYLISTS = `SELECT p.id, p.folders, p.name, p.rule, p.changed_at AS changed, CASE WHEN p.rule IS NULL THEN
  (SELECT count(*) FROM playlist_entry e WHERE e.playlist_id = p.id) END AS entries FROM playlist p`;

/** All playlists, by their folders and names; the queue is none of them. */
export function listPlaylists(queries: Queries): Promise<Playlist[]> {
  return queries.rows(
    playlistRow,
    `${PLAYLISTS} WHERE p.kind <> 'queue' ORDER BY p.folders COLLATE "C", p.name COLLATE "C"`,
  );
}

/** The name of a playlist with those of its folders before, as a person writes it. */
export function shownPlace({ folders, name }: PlaylistPlace): string {
  return [...folders, name].join('/');
}

/**
 * The playlist that a person names, with its folders before it where it has some: `Sets/Friday`.
 * @throws LibraryError 'missing', 'unsupported' where names with slashes make it two
 */
export async function playlistNamed(queries: Queries, named: string): Promise<Playlist> {
  const [found, other] = (await listPlaylists(queries)).filter((playlist) => shownPlace(playlist) === named);
  if (found === undefined) throw new LibraryError('missing', `there is no playlist "${named}"`);
  if (other !== undefined)
    throw new LibraryError('unsupported', `two playlists can be written "${named}": rename one of them`);
  return found;
}

/** @throws LibraryError 'missing' */
export async function playlistById(queries: Queries, id: number): Promise<Playlist> {
  const [found] = await queries.rows(playlistRow, `${PLAYLISTS} WHERE p.id = $1 AND p.kind <> 'queue'`, [id]);
  if (found === undefined) throw new LibraryError('missing', `there is no playlist with the number ${id}`);
  return found;
}

const idRow = z.object({ id: wholeColumn });

/**
 * Makes an empty playlist, or with a rule a smart one.
 * @throws LibraryError 'denied' when there is one at the place, 'unsupported' for a name or a rule that cannot be
 */
export async function makePlaylist(queries: Queries, place: PlaylistPlace, rule: unknown = null): Promise<Playlist> {
  requireUsablePlace(place);
  const checked = rule === null ? null : checkedRule(rule);
  const [made] = await queries.rows(
    idRow,
    `INSERT INTO playlist (kind, folders, name, rule, made_at, changed_at) VALUES ($1, $2, $3, $4::json, now(), now())
     ON CONFLICT (md5(folders || name)) DO NOTHING RETURNING id`,
    [checked ? 'smart' : 'list', JSON.stringify(place.folders), place.name, checked && JSON.stringify(checked)],
  );
  if (made === undefined) throw alreadyThere(place);
  return playlistById(queries, made.id);
}

function alreadyThere(place: PlaylistPlace): LibraryError {
  return new LibraryError('denied', `there is a playlist "${shownPlace(place)}" already`);
}

/** Gives a playlist another name or other folders. @throws LibraryError as `makePlaylist` */
export async function renamePlaylist(queries: Queries, playlist: Playlist, place: PlaylistPlace): Promise<void> {
  requireUsablePlace(place);
  const folders = JSON.stringify(place.folders);
  const changed = await queries.run(
    `UPDATE playlist SET folders = $2, name = $3, changed_at = now() WHERE id = $1
       AND NOT EXISTS (SELECT FROM playlist o WHERE md5(o.folders || o.name) = md5($2 || $3) AND o.id <> $1)`,
    [playlist.id, folders, place.name],
  );
  if (changed === 0) throw alreadyThere(place);
}

/** Gives a smart playlist another rule. @throws LibraryError 'unsupported' for one that is kept by hand, and as `checkedRule` */
export async function changeRule(queries: Queries, playlist: Playlist, rule: unknown): Promise<void> {
  if (playlist.rule === null)
    throw new LibraryError('unsupported', `"${shownPlace(playlist)}" is kept by hand and has no rule`);
  await queries.run('UPDATE playlist SET rule = $2::json, changed_at = now() WHERE id = $1', [
    playlist.id,
    JSON.stringify(checkedRule(rule)),
  ]);
}

/** Takes a playlist away; its tracks stay in the library. */
export async function removePlaylist(queries: Queries, playlist: Playlist): Promise<void> {
  await queries.run('DELETE FROM playlist WHERE id = $1', [playlist.id]);
}

function requireUsablePlace({ folders, name }: PlaylistPlace): void {
  for (const text of [...folders, name]) {
    if (text.trim() === '' || text.length > LONGEST_PLAYLIST_NAME || text.includes('\0') || !text.isWellFormed())
      throw new LibraryError(
        'unsupported',
        `${JSON.stringify(text)} cannot be the name of a playlist or of a folder of them: it has 1 to ${LONGEST_PLAYLIST_NAME} characters`,
      );
  }
  if (folders.length > DEEPEST_FOLDER)
    throw new LibraryError(
      'unsupported',
      `a playlist is in at most ${DEEPEST_FOLDER} folders, not in ${folders.length}`,
    );
}
