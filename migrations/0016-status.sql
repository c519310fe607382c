-- What a subscriber hears of, and since when: the policy, the status page, or both.
insert into migration (number, name, breaking) values (16, 'status', false);

alter table view_subscription add column policy_since bigint;
alter table view_subscription add column status_since bigint;
alter table view_subscription add column status_told integer not null default 0;
update view_subscription set policy_since = confirmed_at where policy and state = 'confirmed';

create index view_subscription_status on view_subscription (status_told, subject)
  where state = 'confirmed' and status_since is not null;
