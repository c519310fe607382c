-- A secret address for each account under which its deadlines can be subscribed to.
insert into migration (number, name, breaking) values (9, 'calendar-feed', false);

create table calendar_feed (
  account text primary key,
  secret_sha256 bytea not null unique,
  created_at bigint not null,
  last_read_at bigint
);
