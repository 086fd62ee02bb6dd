-- What lies in the folders of the library, and what it sounds like.

-- A folder that the user gave to the library. Names are bytes: not every system's are UTF-8.
CREATE TABLE root (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  path bytea NOT NULL UNIQUE,
  path_shown text NOT NULL,
  added_at timestamptz NOT NULL,
  -- Null while it is there. What lies in a root that is away stays in the library.
  offline_since timestamptz
);

-- One run over the roots. One that was killed has no end, and the next one goes on with it.
CREATE TABLE scan (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- Once it ended: how many files were added, changed, moved and so on.
  counts json
);

-- A sound is what a file decodes to: the same one in whatever files, containers and tags.
CREATE TABLE sound (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  audio_hash bytea NOT NULL UNIQUE CHECK (length(audio_hash) = 32),
  sample_rate integer NOT NULL,
  channels smallint NOT NULL,
  seconds double precision NOT NULL
);

CREATE TABLE file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  root_id integer NOT NULL REFERENCES root ON DELETE CASCADE,
  -- Below the root. Longer ones than an index holds are told apart by their digest.
  path bytea NOT NULL,
  path_digest bytea NOT NULL GENERATED ALWAYS AS (sha256(path)) STORED,
  path_shown text NOT NULL,
  size bigint NOT NULL,
  -- Microseconds since 1970.
  modified_us bigint NOT NULL,
  -- Grows when size or time change; a step is to be done again while it did an older one.
  revision integer NOT NULL DEFAULT 1,
  tags_revision integer NOT NULL DEFAULT 0,
  sound_revision integer NOT NULL DEFAULT 0,
  added_at timestamptz NOT NULL,
  -- Set when a walk through its root did not come across it.
  missing_since timestamptz,
  -- The last run that found something new about it, and what.
  scan_id integer REFERENCES scan ON DELETE SET NULL,
  change text CHECK (change IN ('added', 'changed', 'moved')),
  -- The sound of `sound_revision`, and the file that it is in.
  sound_id bigint REFERENCES sound,
  container text,
  codec text,
  lossless boolean,
  bits_per_sample smallint,
  UNIQUE (root_id, path_digest)
);
CREATE INDEX file_by_sound ON file (sound_id);
CREATE INDEX file_by_scan ON file (scan_id, change);
CREATE INDEX file_without_tags ON file (id) WHERE tags_revision < revision AND missing_since IS NULL;
CREATE INDEX file_without_sound ON file (id) WHERE sound_revision < revision AND missing_since IS NULL;

-- What could not be done, and why. About a file until that step succeeds; about a place until the next walk.
CREATE TABLE failure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id bigint REFERENCES file ON DELETE CASCADE,
  root_id integer REFERENCES root ON DELETE CASCADE,
  step text NOT NULL CHECK (step IN ('walk', 'tags', 'sound', 'analysis')),
  place text NOT NULL,
  kind text NOT NULL,
  message text NOT NULL,
  needs text,
  revision integer,
  failed_at timestamptz NOT NULL,
  CHECK (num_nonnulls(file_id, root_id) = 1),
  UNIQUE (file_id, step)
);

-- An analysis as the contract has it (`line`, one JSON document), and of it what lists show, sort and filter by.
CREATE TABLE analysis (
  sound_id bigint NOT NULL REFERENCES sound ON DELETE CASCADE,
  analyser text NOT NULL,
  kernels text NOT NULL,
  analysed_at timestamptz NOT NULL,
  bpm double precision,
  bpm_confidence real,
  meter smallint,
  key_tonic text,
  key_mode text,
  camelot text,
  key_confidence real,
  energy real,
  integrated_lufs real,
  true_peak_db real,
  danceability real,
  line json NOT NULL,
  PRIMARY KEY (sound_id, analyser)
);

-- Little-endian 32-bit floats; those of different models are not compared.
CREATE TABLE embedding (
  sound_id bigint NOT NULL REFERENCES sound ON DELETE CASCADE,
  model text NOT NULL,
  vector bytea NOT NULL CHECK (length(vector) > 0 AND length(vector) % 4 = 0),
  PRIMARY KEY (sound_id, model)
);
