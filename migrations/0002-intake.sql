-- What came in, before and after it was understood.
insert into migration (number, name, breaking) values (2, 'intake', false);

-- A body exactly as it arrived, durable before the sender is answered.
create table raw (
  id uuid primary key,
  source text not null,
  received_at bigint not null,
  headers text not null,
  body bytea not null,
  -- new, read, unreadable or erased
  state text not null,
  -- Why it is unreadable: a problem code and its sentence.
  problem text,
  -- How many signals it held, repeats included.
  signals integer,
  lease_until bigint not null default 0,
  attempts integer not null default 0
);

create index raw_waiting on raw (received_at, id) where state = 'new';
create index raw_unreadable on raw (received_at, id) where state = 'unreadable';

-- How often each kind of signal was delivered: repeats are counted here and are not entries.
create table seen (
  fingerprint text primary key,
  signal text not null,
  count bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  -- Whether its source says that it goes on; null where the source never says.
  firing boolean
);

create index seen_signal on seen (signal);
