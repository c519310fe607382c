-- Drafts of the policy: texts that people work on, which are no record and cannot be made again.
insert into migration (number, name, breaking) values (12, 'drafts', false);

-- One row for each revision that is kept; the highest is the draft. A draft that was thrown away
-- leaves one without a text, so that its numbers are never given twice.
create table draft (
  name text not null,
  revision integer not null,
  text text,
  bytes integer not null,
  by text not null,
  saved_at bigint not null,
  primary key (name, revision)
);
