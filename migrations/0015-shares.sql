-- Links to sections of the policy that are under agreement, by the part of the address that names them.
insert into migration (number, name, breaking) values (15, 'shares', false);

create table view_share (
  subject text not null,
  id text not null,
  until bigint not null,
  primary key (subject, id)
);

create index view_share_id on view_share (id);
