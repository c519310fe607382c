-- The ledger: the only record. Everything in 0005-views.sql can be made again from it.
insert into migration (number, name, breaking) values (1, 'ledger', false);

-- One row, and the lock that every append takes: it orders the writers of all nodes.
create table head (
  only_row boolean primary key default true check (only_row),
  size bigint not null,
  root bytea not null,
  -- The roots of the complete subtrees, so that the tree grows without its old entries.
  frontier bytea not null,
  -- The highest instant written so far, in milliseconds: a clock that jumps back shows against it.
  last_at bigint not null
);

insert into head (size, root, frontier, last_at) values (
  0,
  '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '\x0000000000000000',
  0
);

-- Never updated, never deleted. body is the exact text that was hashed; the columns beside it
-- repeat what queries need, and the self-check compares them with it.
create table entry (
  seq bigint primary key,
  id uuid not null unique,
  subject text not null,
  version integer not null,
  type text not null,
  at bigint not null,
  by text not null,
  body text not null,
  unique (subject, version)
);

-- Private values and the salts of their commitments: what erasure deletes. leaves is JSON,
-- {path: {salt, value}}, as an export shows it. No foreign key: looking each one up costs as much as writing it, and the
-- self-check finds values without an entry.
create table disclosure (
  entry_seq bigint primary key,
  leaves text not null
);

-- Every tree head that was ever signed, as it was published.
create table checkpoint (
  -- Another one only after a documented break.
  origin text not null,
  size bigint not null,
  -- The tree at that size: the next checkpoint must grow out of it.
  frontier bytea not null,
  signed_at bigint not null,
  note text not null,
  primary key (origin, size)
);

create table blob (
  sha256 text primary key,
  media_type text not null,
  bytes bytea not null
);
