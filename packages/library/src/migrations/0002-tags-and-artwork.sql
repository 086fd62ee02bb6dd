-- What tracks are called, who says so, and what they look like.

-- What one source says of a file, field by field: `{"title": ["…"], "artist": ["…", "…"], …}`. Sources stay apart:
-- 'file' is what the tags in it say, 'user' what a person set; an import has its own name.
CREATE TABLE claim (
  file_id bigint NOT NULL REFERENCES file ON DELETE CASCADE,
  source text NOT NULL,
  fields jsonb NOT NULL,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (file_id, source)
);

CREATE TABLE artist (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  sort_name text
);

-- Two albums of one name are told apart by whom they are by.
CREATE TABLE album (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  artist text NOT NULL,
  UNIQUE (title, artist)
);

CREATE TABLE genre (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

-- What the claims about a file come to. It can be made again from them at any time.
CREATE TABLE track (
  file_id bigint PRIMARY KEY REFERENCES file ON DELETE CASCADE,
  title text,
  artist text,
  title_sort text,
  artist_sort text,
  album_id integer REFERENCES album,
  disc smallint,
  discs smallint,
  number smallint,
  numbers smallint,
  year smallint,
  released text,
  compilation boolean NOT NULL DEFAULT false,
  comment text,
  tagged_bpm double precision,
  tagged_key text,
  replay_gain_db real,
  replay_peak real,
  album_replay_gain_db real,
  album_replay_peak real
);
CREATE INDEX track_by_album ON track (album_id, disc, number);

CREATE TABLE track_artist (
  file_id bigint NOT NULL REFERENCES track ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('artist', 'album-artist', 'composer', 'remixer', 'producer')),
  position smallint NOT NULL,
  artist_id integer NOT NULL REFERENCES artist,
  PRIMARY KEY (file_id, role, position)
);
CREATE INDEX track_by_artist ON track_artist (artist_id, role);

CREATE TABLE track_genre (
  file_id bigint NOT NULL REFERENCES track ON DELETE CASCADE,
  position smallint NOT NULL,
  genre_id integer NOT NULL REFERENCES genre,
  PRIMARY KEY (file_id, position)
);
CREATE INDEX track_by_genre ON track_genre (genre_id);

-- A picture by its bytes; the bytes and smaller copies lie in a folder beside the database.
CREATE TABLE artwork (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
  media_type text NOT NULL,
  width integer,
  height integer,
  bytes integer NOT NULL
);

CREATE TABLE file_artwork (
  file_id bigint NOT NULL REFERENCES file ON DELETE CASCADE,
  position smallint NOT NULL,
  source text NOT NULL CHECK (source IN ('embedded', 'folder')),
  kind text NOT NULL,
  artwork_id integer NOT NULL REFERENCES artwork,
  PRIMARY KEY (file_id, position)
);
CREATE INDEX file_by_artwork ON file_artwork (artwork_id);
