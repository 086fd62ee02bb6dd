import type { Queries } from '../database/database.ts';

/**
 * Rows in every table, as a program of that version would have left them: what later migrations must keep. Only ever added
 * to; the rows of a version that was in use stay as they are.
 */
export const ROWS_OF_VERSION: readonly string[] = [
  `INSERT INTO root (path, path_shown, added_at) VALUES ('\\x2f6d', '/m', '2026-01-02T03:04:05Z');
   INSERT INTO scan (started_at, ended_at, counts) VALUES ('2026-01-02T03:04:06Z', NULL, '{"added": 1}');
   INSERT INTO sound (audio_hash, sample_rate, channels, seconds) VALUES (sha256('a'), 44100, 2, 203.25);
   INSERT INTO file (root_id, path, path_shown, size, modified_us, added_at, scan_id, change, sound_id, container, codec, lossless)
     VALUES (1, '\\x62ff2e6d7033', 'b\uFFFD.mp3', 9007199254740991, 1764000000123456, '2026-01-02T03:04:07Z', 1, 'added', 1, 'mp3', 'mp3', false);
   INSERT INTO failure (file_id, step, place, kind, message, revision, failed_at)
     VALUES (1, 'analysis', 'b.mp3', 'corrupt', 'E''s "fault"', 1, '2026-01-02T03:04:08Z');
   INSERT INTO analysis (sound_id, analyser, kernels, analysed_at, bpm, bpm_confidence, camelot, line)
     VALUES (1, '8', 'k', '2026-01-02T03:04:09Z', 127.98, 0.1, '8A', '{"tempo": {"bpm": 127.98}, "text": "a\\nb\\u0001"}');
   INSERT INTO embedding (sound_id, model, vector) VALUES (1, 'm', '\\x0000803f')`,
  `INSERT INTO claim (file_id, source, fields, claimed_at) VALUES (1, 'file', '{"title": ["é"]}', '2026-01-02T03:04:10Z');
   INSERT INTO artist (name) VALUES ('Björk');
   INSERT INTO album (title, artist) VALUES ('Début', 'Björk');
   INSERT INTO genre (name) VALUES ('house');
   INSERT INTO track (file_id, title, album_id, tagged_bpm) VALUES (1, 'é', 1, 120.5);
   INSERT INTO track_artist (file_id, role, position, artist_id) VALUES (1, 'artist', 0, 1);
   INSERT INTO track_genre (file_id, position, genre_id) VALUES (1, 0, 1);
   INSERT INTO artwork (digest, media_type, bytes) VALUES (sha256('p'), 'image/png', 10);
   INSERT INTO file_artwork (file_id, position, source, kind, artwork_id) VALUES (1, 0, 'embedded', 'front', 1)`,
  `INSERT INTO tagged_marks (file_id, source, cues, grid, remarks)
     VALUES (1, 'serato', '[{"kind": "cue", "seconds": 1.5}]', '[{"seconds": 0.25, "bpm": 128}]', '["é"]')`,
  `INSERT INTO rating (file_id, stars, rated_at) VALUES (1, 4, '2026-01-02T03:04:11Z');
   INSERT INTO play (file_id, played_at) VALUES (1, '2026-01-02T03:04:12Z')`,
  `UPDATE file SET pictures = '[["62", 3, 4]]', pictures_read = '[]', artwork_revision = 1;
   INSERT INTO failure (file_id, step, place, kind, message, revision, failed_at)
     VALUES (1, 'artwork', 'cover.jpg', 'corrupt', 'no picture', 1, '2026-01-02T03:04:11Z')`,
  `INSERT INTO playlist (kind, folders, name, rule, made_at, changed_at) VALUES
     ('list', '["a","b"]', 'é', NULL, '2026-01-02T03:04:13Z', '2026-01-02T03:04:14Z'), ('queue', '[]', '', NULL, '2026-01-02T03:04:13Z', '2026-01-02T03:04:14Z'),
     ('smart', '[]', 'é', '{"filter": {"kind": "all", "of": []}, "words": "", "sort": null, "limit": 3}', '2026-01-02T03:04:13Z', '2026-01-02T03:04:14Z');
   INSERT INTO playlist_entry (playlist_id, position, file_id, sound_id, path, title, seconds, added_at)
     VALUES (1, 1, 1, NULL, '/m/b', NULL, 1.5, '2026-01-02T03:04:15Z'), (1, 2, NULL, 1, '/m/c', 'é', NULL, '2026-01-02T03:04:15Z');
   INSERT INTO former_rating (sound_id, stars, rated_at) VALUES (1, 0, '2026-01-02T03:04:16Z');
   INSERT INTO former_play (sound_id, played_at) VALUES (1, '2026-01-02T03:04:17Z')`,
  `INSERT INTO person (id, name, email, email_verified, image, role, created_at, updated_at)
     VALUES ('p', 'Ada', 'ada@example.org', false, NULL, 'owner', '2026-01-02T03:04:18Z', '2026-01-02T03:04:18Z');
   INSERT INTO sign_in_way (id, account_id, provider_id, person_id, password, created_at, updated_at)
     VALUES ('password-p', 'p', 'credential', 'p', 'scrypt:0', '2026-01-02T03:04:18Z', '2026-01-02T03:04:18Z');
   INSERT INTO api_key (person_id, name, digest, beginning, scopes, created_at, expires_at, used_at)
     VALUES ('p', 'é', sha256('k'), 'tutti_abcdef', 'jobs:read library:read', '2026-01-02T03:04:19Z', '2027-01-02T03:04:19Z', NULL);
   INSERT INTO audit_entry (at, person_id, person_name, via, address, action, subject, status)
     VALUES ('2026-01-02T03:04:20Z', 'p', 'Ada', 'session', '127.0.0.1', 'addRoot', '/api/v1/roots', 201)`,
  `INSERT INTO remembered_answer (owner, operation, key, asked, answer, answered_at)
     VALUES ('local', 'submitJob', 'k', sha256('a'), '{"status": 202, "text": "{\\"a\\":\\"é\\"}", "location": null}', '2026-01-02T03:04:18Z')`,
];

/** Puts in the rows of all versions up to one, into a database that has its schema. */
export async function putRows(queries: Queries, version: number): Promise<void> {
  for (const sql of ROWS_OF_VERSION.slice(0, version)) await queries.script(sql);
}
