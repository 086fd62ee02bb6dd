-- What lists find, sort and count by, and what a person thinks of tracks.

CREATE TABLE rating (
  file_id bigint PRIMARY KEY REFERENCES file ON DELETE CASCADE,
  stars smallint NOT NULL CHECK (stars BETWEEN 0 AND 5),
  rated_at timestamptz NOT NULL
);

-- One time that a track was played.
CREATE TABLE play (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id bigint NOT NULL REFERENCES file ON DELETE CASCADE,
  played_at timestamptz NOT NULL
);
CREATE INDEX play_by_file ON play (file_id, played_at);
CREATE INDEX play_by_time ON play (played_at);

-- One row for each file that is there, made from the tables that say what is known of it. It has no foreign keys: what is
-- gone is taken out with what is due.
CREATE TABLE listing (
  file_id bigint PRIMARY KEY,
  -- Of what the row was made: one that would be the same is not written again.
  digest text NOT NULL,
  -- The number of the change that wrote it.
  change bigint NOT NULL,
  sound_id bigint,
  -- Folded, to be sorted by.
  title_key text COLLATE "C",
  artist_key text COLLATE "C",
  album_key text COLLATE "C",
  genre_key text COLLATE "C",
  path_key text COLLATE "C",
  -- Disc and number on it as one number; the Camelot wheel from 1A on.
  album_place integer,
  key_place smallint,
  -- Folded, each text between spaces on a line of its own: a word begins after a space.
  title text NOT NULL,
  artist text NOT NULL,
  albumartist text NOT NULL,
  album text NOT NULL,
  genre text NOT NULL,
  label text NOT NULL,
  comment text NOT NULL,
  path text NOT NULL,
  format text NOT NULL,
  -- The words of all of them: those of a field with its name before, those that are found without a field as they are.
  words tsvector NOT NULL,
  genre_ids integer[] NOT NULL,
  artist_ids integer[] NOT NULL,
  camelot text,
  bpm double precision,
  energy double precision,
  loudness double precision,
  rating double precision,
  plays double precision NOT NULL,
  bitrate double precision,
  year double precision,
  length double precision,
  added timestamptz NOT NULL,
  played timestamptz
);
COMMENT ON TABLE listing IS 'derived';
CREATE INDEX listing_by_words ON listing USING gin (words);
CREATE INDEX listing_by_change ON listing (change);
CREATE INDEX listing_by_title ON listing (title_key, file_id);
CREATE INDEX listing_by_artist ON listing (artist_key, album_key, album_place, title_key, file_id);
CREATE INDEX listing_by_album ON listing (album_key, album_place, file_id);
CREATE INDEX listing_by_place ON listing (album_place, file_id);
CREATE INDEX listing_by_genre ON listing (genre_key, file_id);
CREATE INDEX listing_by_path ON listing (path_key, file_id);
CREATE INDEX listing_by_key ON listing (key_place, file_id);
CREATE INDEX listing_by_bpm ON listing (bpm, file_id);
CREATE INDEX listing_by_energy ON listing (energy, file_id);
CREATE INDEX listing_by_loudness ON listing (loudness, file_id);
CREATE INDEX listing_by_rating ON listing (rating, file_id);
CREATE INDEX listing_by_plays ON listing (plays, file_id);
CREATE INDEX listing_by_bitrate ON listing (bitrate, file_id);
CREATE INDEX listing_by_year ON listing (year, file_id);
CREATE INDEX listing_by_length ON listing (length, file_id);
CREATE INDEX listing_by_added ON listing (added, file_id);
CREATE INDEX listing_by_played ON listing (played, file_id);

-- Words that were found in lists once, for the sake of what is typed wrongly.
CREATE TABLE listed_word (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  word text COLLATE "C" NOT NULL UNIQUE
);
COMMENT ON TABLE listed_word IS 'derived';

-- Files whose row is to be made again. Only ever added to and taken from, so that writers do not wait for each other.
CREATE TABLE listing_due (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id bigint NOT NULL
);
COMMENT ON TABLE listing_due IS 'derived';

-- How often the lists have changed, when something was last taken out of them, and by which rules they were made.
CREATE TABLE listing_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  change bigint NOT NULL,
  removal bigint NOT NULL,
  rules integer NOT NULL
);
COMMENT ON TABLE listing_state IS 'derived';
INSERT INTO listing_state (change, removal, rules) VALUES (0, 0, 0);

CREATE FUNCTION note_files_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO listing_due (file_id) SELECT DISTINCT id FROM changed;
  RETURN NULL;
END $$;

-- Of files that were updated, those of which something changed that lists show.
CREATE FUNCTION note_updated_files_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO listing_due (file_id)
    SELECT n.id FROM changed n JOIN before b ON b.id = n.id
    WHERE (n.path_shown, n.size, n.missing_since IS NULL, n.sound_id, n.container, n.codec, n.added_at)
      IS DISTINCT FROM (b.path_shown, b.size, b.missing_since IS NULL, b.sound_id, b.container, b.codec, b.added_at);
  RETURN NULL;
END $$;

CREATE FUNCTION note_tracks_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO listing_due (file_id) SELECT DISTINCT file_id FROM changed;
  RETURN NULL;
END $$;

CREATE FUNCTION note_sounds_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO listing_due (file_id)
    SELECT f.id FROM file f WHERE f.sound_id IN (SELECT sound_id FROM changed);
  RETURN NULL;
END $$;

CREATE TRIGGER file_added AFTER INSERT ON file REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_files_due();
CREATE TRIGGER file_changed AFTER UPDATE ON file REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_updated_files_due();
CREATE TRIGGER file_removed AFTER DELETE ON file REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_files_due();
CREATE TRIGGER track_added AFTER INSERT ON track REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER track_changed AFTER UPDATE ON track REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER track_removed AFTER DELETE ON track REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER rating_added AFTER INSERT ON rating REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER rating_changed AFTER UPDATE ON rating REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER rating_removed AFTER DELETE ON rating REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER play_added AFTER INSERT ON play REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER play_removed AFTER DELETE ON play REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_tracks_due();
CREATE TRIGGER analysis_added AFTER INSERT ON analysis REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_sounds_due();
CREATE TRIGGER analysis_changed AFTER UPDATE ON analysis REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_sounds_due();
CREATE TRIGGER analysis_removed AFTER DELETE ON analysis REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_sounds_due();
CREATE TRIGGER embedding_added AFTER INSERT ON embedding REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_sounds_due();
CREATE TRIGGER embedding_changed AFTER UPDATE ON embedding REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_sounds_due();
CREATE TRIGGER embedding_removed AFTER DELETE ON embedding REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_sounds_due();
