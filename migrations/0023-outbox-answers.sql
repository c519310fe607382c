-- What became of a letter is kept at once; its entry comes with those of a thousand others.
insert into migration (number, name, breaking) values (23, 'outbox-answers', false);

-- JSON: the attempt and its outcome. Null until there is one; gone with the row.
alter table outbox add column answer text;
-- A row is written four times in a few milliseconds: there is room beside it for that.
alter table outbox set (fillfactor = 40);
