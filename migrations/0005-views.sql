-- The read tables: made from the ledger's entries, and made again by `due rebuild`.
insert into migration (number, name, breaking) values (5, 'views', false);

create table view_signal (
  subject text not null,
  id text not null,
  version integer not null,
  state text not null,
  channel text not null,
  source text not null,
  fingerprint text not null,
  title text not null,
  search text not null,
  sender_name text,
  sender_mail text,
  received_at bigint not null,
  snoozed_until bigint,
  stopped_at bigint,
  incident text,
  closed_as text,
  acknowledged_at bigint,
  sample boolean not null,
  primary key (subject, id)
);

create index view_signal_received on view_signal (received_at, id);
create index view_signal_open on view_signal (received_at, id) where state = 'open';
create index view_signal_incident on view_signal (incident) where incident is not null;

create table view_incident (
  subject text not null,
  id text not null,
  number integer not null,
  version integer not null,
  state text not null,
  title text not null,
  search text not null,
  severity text,
  severity_name text,
  severity_rank integer,
  severity_of integer not null,
  phases text not null,
  lead text,
  opened_at bigint not null,
  resolved_at bigint,
  closed_at bigint,
  policy_version integer not null,
  drill boolean not null,
  sample boolean not null,
  primary key (subject, id)
);

create unique index view_incident_number on view_incident (number);
create index view_incident_open on view_incident (number) where state = 'open';

create table view_obligation (
  subject text not null,
  id text not null,
  clause text not null,
  duty text not null,
  recipient_kind text not null,
  recipient text not null,
  policy_version integer not null,
  started_at bigint not null,
  due_at bigint,
  -- When it is due, or the end of time where the clause has no number.
  order_at bigint not null,
  latest_at bigint,
  prepare_at bigint,
  stopped_at bigint,
  raised_at bigint,
  word text,
  taken_by text,
  problem text,
  primary key (subject, id)
);

create index view_obligation_open on view_obligation (order_at, subject, id) where stopped_at is null;
create index view_obligation_stopped on view_obligation (stopped_at, subject, id)
  where stopped_at is not null;

create table view_notice (
  subject text not null,
  id text not null,
  kind text not null,
  automatic boolean not null,
  state text not null,
  author text,
  recipient text,
  obligation text,
  requested_at bigint not null,
  delivered_at bigint,
  attempts integer not null,
  next_at bigint,
  primary key (subject, id)
);

create index view_notice_requested on view_notice (requested_at, subject, id);

create table view_customer (
  subject text not null,
  id text not null,
  version integer not null,
  name text not null,
  search text not null,
  contact_name text not null,
  contact_mail text not null,
  contact_phone text,
  stage text,
  role text,
  zone text,
  removed boolean not null,
  sample boolean not null,
  primary key (subject, id)
);

create index view_customer_search on view_customer (search, id);

create table view_policy (
  subject text not null,
  id text not null,
  version integer not null,
  label text not null,
  hash text not null,
  bytes integer not null,
  changes text,
  effective text not null,
  policy text not null,
  published_at bigint not null,
  published_by text not null,
  primary key (subject, id)
);
