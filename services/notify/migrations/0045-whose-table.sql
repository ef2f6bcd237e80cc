-- Staff send only a table that one of them uploaded: what a client of the API uploaded is sent by that client.
set lock_timeout = '5s';
alter table notify.bulks add column by_staff boolean not null default false;
update notify.bulks set by_staff = true
where id::text in (select details ->> 'bulk' from notify.audit where act = 'bulk.check');
