-- What was answered to requests that may be sent again, by the key that their sender gave them.

CREATE TABLE remembered_answer (
  owner text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  -- SHA-256 of what was asked.
  asked bytea NOT NULL CHECK (length(asked) = 32),
  answer json NOT NULL,
  answered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (owner, operation, key)
);
CREATE INDEX remembered_answer_by_time ON remembered_answer (answered_at);
