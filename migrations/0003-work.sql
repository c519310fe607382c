-- What waits for the worker.
insert into migration (number, name, breaking) values (3, 'work', false);

-- The next instant at which time alone changes something for a subject.
create table due (
  subject text primary key,
  wake_at bigint not null,
  lease_until bigint not null default 0,
  -- The fencing token: whoever holds a lease completes it under the number that it was given.
  attempts integer not null default 0
);

create index due_wake on due (wake_at);

-- Notices and pages to send. What they say stands in the entry that asked for them.
create table outbox (
  subject text not null,
  id text not null,
  -- notice or page
  kind text not null,
  -- waiting or sending
  state text not null,
  next_at bigint not null,
  lease_until bigint not null default 0,
  -- The fencing token, and the number that the outcome is recorded under.
  attempt integer not null default 0,
  primary key (subject, id)
);

create index outbox_next on outbox (next_at);

-- The first answer to a request that may come twice.
create table idempotency (
  key text not null,
  by text not null,
  -- Of the request: another request under the same key is a mistake of the caller.
  request_sha256 bytea not null,
  answer text not null,
  subject text,
  answered_at bigint not null,
  primary key (by, key)
);

create index idempotency_age on idempotency (answered_at);
create index idempotency_subject on idempotency (subject);
