-- Customers without a contact, and how many contacts and clauses a customer has.
insert into migration (number, name, breaking) values (7, 'parties', false);

alter table view_customer alter column contact_name drop not null;
alter table view_customer alter column contact_mail drop not null;
alter table view_customer add column contact_verified_on text;
alter table view_customer add column contacts integer not null default 1;
alter table view_customer add column clauses integer not null default 0;

-- The clause itself, where it is not the policy's: a contract's, or one of our own.
alter table view_obligation add column bound_clause text;
