-- Who asked to hear of changes. The address stands in the record alone, where it can be erased.
insert into migration (number, name, breaking) values (14, 'subscriptions', false);

create table view_subscription (
  subject text not null,
  id text not null,
  state text not null,
  policy boolean not null,
  asked_at bigint,
  confirmed_at bigint,
  told integer not null,
  primary key (subject, id)
);

create index view_subscription_told on view_subscription (told, subject) where state = 'confirmed';
