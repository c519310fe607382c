-- The first instant that is too late: the end of a day ends at its midnight, all else a millisecond after.
insert into migration (number, name, breaking) values (6, 'overdue', false);

alter table view_obligation add column overdue_at bigint;
-- Which of the rows already there end with a day, the next entry of their subject or `due rebuild` says.
update view_obligation set overdue_at = due_at + 1;
