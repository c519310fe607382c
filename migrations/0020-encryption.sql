-- Customers to one of whose contacts encryption was promised: asked before every letter.
insert into migration (number, name, breaking) values (20, 'encryption', false);

alter table view_customer add column encrypts boolean not null default false;
