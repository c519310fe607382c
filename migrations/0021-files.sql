-- Files that go out with notices lie among the blobs, and go when nothing names them any more.
insert into migration (number, name, breaking) values (21, 'files', false);

-- Since when a file is kept; null for what an entry names for ever, as the policy's documents.
alter table blob add column kept_at bigint;

create table view_file (
  subject text not null,
  id text not null,
  digest text not null,
  primary key (subject, id)
);
create index view_file_digest on view_file (digest);
