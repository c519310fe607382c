-- Where a recipient reads again what they were told, by the digest of the secret in its address.
insert into migration (number, name, breaking) values (17, 'own-pages', false);

create table view_own_page (
  subject text not null,
  id text not null,
  recipient text not null,
  primary key (subject, id)
);

create index view_own_page_id on view_own_page (id);
