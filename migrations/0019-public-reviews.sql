-- What everybody reads of past incidents, by the reference it has outside.
insert into migration (number, name, breaking) values (19, 'public-reviews', false);

create table view_public_review (
  subject text not null,
  id text not null,
  title text not null,
  text text not null,
  happened_on text,
  published_at bigint not null,
  changed_at bigint,
  primary key (subject, id)
);

create index view_public_review_id on view_public_review (id);
