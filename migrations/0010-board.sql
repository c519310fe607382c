-- What the board of deadlines filters and counts by: slack behind a tighter promise, and what would
-- start if what is suspected were confirmed.
insert into migration (number, name, breaking) values (10, 'board', false);

alter table view_obligation add column slack boolean not null default false;
alter table view_incident add column ghosts integer not null default 0;

create index view_obligation_party on view_obligation (recipient_kind, recipient, order_at, subject, id)
  where stopped_at is null;
create index view_obligation_overdue on view_obligation (overdue_at) where stopped_at is null;
