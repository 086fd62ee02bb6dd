-- Lists that a person keeps: tracks one by one, or a rule that finds them; and what is to be played next.

CREATE TABLE playlist (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('list', 'smart', 'queue')),
  -- The folders that it is in, outermost first: a JSON list of texts without spaces between them.
  folders text NOT NULL DEFAULT '[]',
  name text NOT NULL,
  -- Of a smart one: {"filter": tree, "words": text or null, "sort": text or null, "limit": number or null}.
  rule json,
  made_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK ((kind = 'smart') = (rule IS NOT NULL)),
  -- There is one queue, and it needs no name.
  CHECK ((kind = 'queue') = (name = ''))
);
CREATE UNIQUE INDEX playlist_by_place ON playlist (md5(folders || name));

-- A place in a list. It stays when its file leaves the library, and then has its sound, where it was and what it was called:
-- where that sound turns up again, so does the track.
CREATE TABLE playlist_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  playlist_id integer NOT NULL REFERENCES playlist ON DELETE CASCADE,
  -- From 1 on, without gaps.
  position integer NOT NULL,
  file_id bigint REFERENCES file DEFERRABLE INITIALLY DEFERRED,
  sound_id bigint REFERENCES sound ON DELETE SET NULL,
  path text NOT NULL,
  title text,
  artist text,
  seconds double precision,
  added_at timestamptz NOT NULL,
  UNIQUE (playlist_id, position) DEFERRABLE
);
CREATE INDEX playlist_entry_by_file ON playlist_entry (file_id);
CREATE INDEX playlist_entry_by_sound ON playlist_entry (sound_id);

CREATE FUNCTION keep_entries_of_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE playlist_entry e SET file_id = NULL, sound_id = coalesce(r.sound_id, e.sound_id), path = r.path_shown
    FROM removed r WHERE e.file_id = r.id;
  RETURN NULL;
END $$;
CREATE TRIGGER file_left AFTER DELETE ON file REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_entries_of_files();

-- Stars and plays of files that left, by their sound: they come back with it.
CREATE TABLE former_rating (
  sound_id bigint PRIMARY KEY REFERENCES sound ON DELETE CASCADE,
  stars smallint NOT NULL CHECK (stars BETWEEN 0 AND 5),
  rated_at timestamptz NOT NULL
);
CREATE TABLE former_play (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sound_id bigint NOT NULL REFERENCES sound ON DELETE CASCADE,
  played_at timestamptz NOT NULL
);
CREATE INDEX former_play_by_sound ON former_play (sound_id);

CREATE FUNCTION keep_opinions_of_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO former_rating (sound_id, stars, rated_at)
    SELECT OLD.sound_id, stars, rated_at FROM rating WHERE file_id = OLD.id
    ON CONFLICT (sound_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at
      WHERE excluded.rated_at > former_rating.rated_at;
  INSERT INTO former_play (sound_id, played_at) SELECT OLD.sound_id, played_at FROM play WHERE file_id = OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER file_leaves BEFORE DELETE ON file FOR EACH ROW WHEN (OLD.sound_id IS NOT NULL) EXECUTE FUNCTION keep_opinions_of_file();

-- Of files that got a sound, the first takes what is kept of it.
CREATE FUNCTION give_opinions_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  heard bigint[] := (SELECT array_agg(n.sound_id) FROM changed n JOIN before b ON b.id = n.id
    WHERE n.sound_id IS DISTINCT FROM b.sound_id AND n.sound_id IS NOT NULL);
BEGIN
  IF heard IS NULL THEN
    RETURN NULL;
  END IF;
  WITH kept AS (DELETE FROM former_rating WHERE sound_id = ANY (heard) RETURNING *)
  INSERT INTO rating (file_id, stars, rated_at)
    SELECT (SELECT min(n.id) FROM changed n WHERE n.sound_id = k.sound_id), k.stars, k.rated_at FROM kept k
    ON CONFLICT (file_id) DO UPDATE SET stars = excluded.stars, rated_at = excluded.rated_at
      WHERE excluded.rated_at > rating.rated_at;
  WITH kept AS (DELETE FROM former_play WHERE sound_id = ANY (heard) RETURNING *)
  INSERT INTO play (file_id, played_at)
    SELECT (SELECT min(n.id) FROM changed n WHERE n.sound_id = k.sound_id), k.played_at FROM kept k;
  RETURN NULL;
END $$;
CREATE TRIGGER file_heard AFTER UPDATE ON file REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION give_opinions_back();
