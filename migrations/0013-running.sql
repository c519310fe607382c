-- A version may be published before it runs.
insert into migration (number, name, breaking) values (13, 'running', false);

alter table view_policy add column running boolean not null default false;
alter table view_policy add column runs_from bigint;
alter table view_policy add column proposed_by text;
update view_policy set running = true where version = (select max(version) from view_policy);
