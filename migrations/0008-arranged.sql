-- Extensions, waivers and disputes of an obligation, as its row shows them.
insert into migration (number, name, breaking) values (8, 'arranged', false);

alter table view_obligation
  add column original_due_at bigint,
  add column waived_at bigint,
  add column disputed_at bigint;
