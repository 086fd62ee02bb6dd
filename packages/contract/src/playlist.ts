import { z } from 'zod';
import { listedTrackSchema } from './listed-track.ts';

export const PLAYLIST_SCHEMA = 'tutti.playlist/1';

/** What finds the tracks of a smart playlist. */
export const playlistRuleLineSchema = z.strictObject({
  filter: z.record(z.string(), z.unknown()).describe('the tree that a filter in words is read into'),
  words: z.string().nullable().describe('the filter as it was typed; null of one that came as a tree'),
  sort: z.string().nullable().describe('as --sort has it; the usual order when null'),
  limit: z.int().positive().nullable().describe('how many tracks, at most'),
});

/** A playlist of the library: a line of `tutti playlist list --json`. */
export const playlistSchema = z.strictObject({
  schema: z.literal(PLAYLIST_SCHEMA),
  id: z.int().positive().describe('its number in the library'),
  folders: z.array(z.string()).readonly().describe('that it is in, outermost first'),
  name: z.string(),
  rule: playlistRuleLineSchema.nullable().describe('null of one that is kept by hand'),
  entries: z.int().min(0).nullable().describe('null of a smart one: it has what its rule finds'),
  changed: z.iso.datetime(),
});
export type PlaylistLine = z.infer<typeof playlistSchema>;

export const PLAYLIST_ENTRY_SCHEMA = 'tutti.playlist-entry/1';

/** What is in one place of a list: a line of `tutti playlist show --json` and of `tutti queue --json`. */
export const playlistEntrySchema = z.strictObject({
  schema: z.literal(PLAYLIST_ENTRY_SCHEMA),
  position: z.int().positive(),
  track: listedTrackSchema.nullable().describe('null while it is not in the library'),
  path: z.string().describe('where it is, or was'),
  title: z.string().nullable(),
  artist: z.string().nullable(),
  seconds: z.number().min(0).nullable(),
});
export type PlaylistEntryLine = z.infer<typeof playlistEntrySchema>;

export const PLAYLIST_PREVIEW_SCHEMA = 'tutti.playlist-preview/1';

/** What a rule finds before there is a playlist of it: `tutti playlist preview --json`. */
export const playlistPreviewSchema = z.strictObject({
  schema: z.literal(PLAYLIST_PREVIEW_SCHEMA),
  rule: playlistRuleLineSchema,
  tracks: z.int().min(0).describe('how many there are'),
  first: z.array(listedTrackSchema).readonly(),
});
export type PlaylistPreview = z.infer<typeof playlistPreviewSchema>;

export const PLAY_SCHEMA = 'tutti.play/1';

/** One time that a track was played: a line of `tutti history list --json`. */
export const playSchema = z.strictObject({
  schema: z.literal(PLAY_SCHEMA),
  id: z.int().positive(),
  at: z.iso.datetime(),
  path: z.string(),
  track: listedTrackSchema.nullable().describe('null while its file is missing'),
});
export type PlayLine = z.infer<typeof playSchema>;
