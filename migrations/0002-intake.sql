-- What came in, before and after it was understood.
insert into migration (number, name, breaking) values (2, 'intake', false);

-- A body exactly as it arrived, durable before the sender is answered. Written once; only erasure
-- empties it.
create table raw (
  id uuid primary key,
  source text not null,
  received_at bigint not null,
  headers text not null,
  body bytea not null
);

-- The bodies that were not understood yet. Apart from raw, so that leasing rewrites few bytes.
create table raw_queue (
  raw uuid primary key,
  -- Set where it was read and not understood: a problem code and its sentence.
  problem text,
  lease_until bigint not null default 0,
  -- The fencing token.
  attempts integer not null default 0
);

create index raw_queue_unreadable on raw_queue (raw) where problem is not null;

-- How often a signal was delivered: repeats are counted here and are not entries.
create table seen (
  signal text primary key,
  fingerprint text not null,
  count bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  -- Whether its source says that it goes on; null where the source never says.
  firing boolean
);

create index seen_fingerprint on seen (fingerprint, first_at);
