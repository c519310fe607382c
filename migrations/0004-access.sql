-- Who may come in, and how this installation is set. Secrets are stored as hashes, except the TOTP
-- seed, which cannot be.
insert into migration (number, name, breaking) values (4, 'access', false);

create table account (
  id text primary key,
  name text not null,
  -- Lower case: one account for one address.
  mail text not null unique,
  role text not null,
  password text,
  totp text,
  -- The last time step that was accepted: a code works once.
  totp_step bigint,
  failures integer not null default 0,
  locked_until bigint not null default 0,
  created_at bigint not null,
  removed_at bigint
);

create table session (
  id_sha256 bytea primary key,
  account text not null,
  created_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  -- When a factor was last shown: what some commands ask for again.
  proved_at bigint not null,
  agent text not null
);

create index session_account on session (account);
create index session_expiry on session (expires_at);

create table token (
  id text primary key,
  secret_sha256 bytea not null unique,
  name text not null,
  scopes text[] not null,
  created_by text not null,
  created_at bigint not null,
  expires_at bigint,
  last_used_at bigint,
  revoked_at bigint
);

create table passkey (
  credential text primary key,
  account text not null,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at bigint not null,
  last_used_at bigint
);

create index passkey_account on passkey (account);

-- Links that let somebody in once: the first set-up, an invitation, a lost password.
create table link (
  secret_sha256 bytea primary key,
  purpose text not null,
  account text,
  expires_at bigint not null
);

create table setting (
  key text primary key,
  value text not null,
  changed_at bigint not null
);
