-- Cues and grids that other programs left in the tags of a file: each source by itself, beside the analysis.

CREATE TABLE tagged_marks (
  file_id bigint NOT NULL REFERENCES file ON DELETE CASCADE,
  -- 'serato', 'chapters'.
  source text NOT NULL,
  -- Seconds as that program counts them: [{"kind", "name", "seconds", "endSeconds", "pad", "colour"}], [{"seconds", "bpm"}].
  cues json NOT NULL,
  grid json NOT NULL,
  -- Sentences about what could not be used.
  remarks json NOT NULL,
  PRIMARY KEY (file_id, source)
);

-- What was read before there was a place for them is read again by the next scan.
UPDATE file SET tags_revision = 0;
