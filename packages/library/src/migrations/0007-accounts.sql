-- Who may use the library over the service, and by what they are known. What better-auth keeps is in person, sign_in_way, session,
-- verification and signing_key; the names of the columns are told to it in packages/accounts/src/sign-in/tables.data.ts.

CREATE TABLE person (
  id text PRIMARY KEY,
  name text NOT NULL,
  -- In lower case: what one signs in by. No mail is sent to it.
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL,
  image text,
  role text NOT NULL CHECK (role IN ('guest', 'listener', 'editor', 'owner')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

-- A password (provider 'credential'), or who somebody is at another service.
CREATE TABLE sign_in_way (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  person_id text NOT NULL REFERENCES person ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  -- scrypt, with its salt.
  password text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE (provider_id, account_id)
);
CREATE INDEX sign_in_way_by_person ON sign_in_way (person_id);

CREATE TABLE session (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES person ON DELETE CASCADE,
  -- The cookie holds it signed.
  token text NOT NULL UNIQUE,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_person ON session (person_id);
COMMENT ON TABLE session IS 'passing';

-- What is under way between here and another service while somebody signs in there.
CREATE TABLE verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX verification_by_identifier ON verification (identifier);
COMMENT ON TABLE verification IS 'passing';

-- Pairs of keys by which tokens are signed; the private ones are encrypted with the secret of the service.
CREATE TABLE signing_key (
  id text PRIMARY KEY,
  public_key text NOT NULL,
  private_key text NOT NULL,
  alg text,
  crv text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz
);
COMMENT ON TABLE signing_key IS 'passing';

-- What programs show instead of signing in.
CREATE TABLE api_key (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id text NOT NULL REFERENCES person ON DELETE CASCADE,
  name text NOT NULL,
  -- SHA-256 of the key, and its first characters to know it by.
  digest bytea NOT NULL UNIQUE,
  beginning text NOT NULL,
  -- With spaces between.
  scopes text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX api_key_by_person ON api_key (person_id);

-- Accounts that may be made, or be given a new password, by whoever has the token.
CREATE TABLE invitation (
  digest bytea PRIMARY KEY,
  role text NOT NULL CHECK (role IN ('guest', 'listener', 'editor', 'owner')),
  -- The account whose password is to be new; null for one that is to be made.
  person_id text REFERENCES person ON DELETE CASCADE,
  -- Null for the terminal of the service.
  made_by text REFERENCES person ON DELETE CASCADE,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE invitation IS 'passing';

-- Tries to sign in that did not succeed, or have not yet.
CREATE TABLE sign_in_try (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  address text NOT NULL,
  tried_at timestamptz NOT NULL
);
CREATE INDEX sign_in_try_by_email ON sign_in_try (email, tried_at);
CREATE INDEX sign_in_try_by_address ON sign_in_try (address, tried_at);
COMMENT ON TABLE sign_in_try IS 'passing';

-- Who did what. It outlives those it tells of.
CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  person_id text,
  person_name text,
  -- 'session', 'key …', 'token', 'own machine', 'nothing'.
  via text NOT NULL,
  address text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  status smallint NOT NULL
);
CREATE INDEX audit_entry_by_time ON audit_entry (at);
