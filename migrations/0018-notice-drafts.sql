-- Notices that were begun, of every incident, and how far each has come.
insert into migration (number, name, breaking) values (18, 'notice-drafts', false);

create table view_notice_draft (
  subject text not null,
  id text not null,
  state text not null,
  kind text not null,
  audience text not null,
  title text not null,
  author text not null,
  recipients integer not null,
  changed_at bigint not null,
  hold_until bigint,
  sent_at bigint,
  primary key (subject, id)
);

create index view_notice_draft_by_change on view_notice_draft (changed_at, subject, id);
create index view_notice_by_recipient on view_notice (recipient, requested_at);
