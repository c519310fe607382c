-- What came back of each notice: opened, acknowledged, kept here; and the word that it promises.
insert into migration (number, name, breaking) values (22, 'running-picture', false);

-- Of notices already there, the next entry of their subject or `due rebuild` says.
alter table view_notice
  add column kept text,
  add column opened_at bigint,
  add column acknowledged_at bigint,
  add column next_word_at bigint;
