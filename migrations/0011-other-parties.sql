-- Parties that are no customers: providers, authorities, outside help, reporters.
insert into migration (number, name, breaking) values (11, 'other-parties', false);

create table view_party (
  subject text not null,
  id text not null,
  kind text not null,
  version integer not null,
  name text not null,
  search text not null,
  about text not null,
  contact_name text,
  contact_mail text,
  contact_phone text,
  contact_verified_on text,
  contacts integer not null,
  clauses integer not null,
  removed boolean not null,
  sample boolean not null,
  primary key (subject, id)
);

create index view_party_search on view_party (search, id);
