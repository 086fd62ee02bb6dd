-- Which pictures a walk saw beside a file, and of which its artwork was made.

-- [["hexadecimal path below the root", bytes, microseconds], …], the best first; null where there are none.
ALTER TABLE file ADD COLUMN pictures text;
ALTER TABLE file ADD COLUMN pictures_read text;
-- The revision whose own pictures were read.
ALTER TABLE file ADD COLUMN artwork_revision integer NOT NULL DEFAULT 0;
CREATE INDEX file_with_new_pictures ON file (id) WHERE pictures IS DISTINCT FROM pictures_read AND missing_since IS NULL;
CREATE INDEX file_without_artwork ON file (id) WHERE artwork_revision < revision AND missing_since IS NULL;

ALTER TABLE failure DROP CONSTRAINT failure_step_check;
ALTER TABLE failure ADD CONSTRAINT failure_step_check CHECK (step IN ('walk', 'tags', 'sound', 'artwork', 'analysis'));
