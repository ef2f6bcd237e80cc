-- A mark can be changed for a while, and steps can have a mark of their own.
set lock_timeout = '5s';

alter table forms.mark add column steps jsonb not null default '{}';
alter table forms.mark add column first_on date;
update forms.mark set first_on = (at at time zone 'Europe/Amsterdam')::date;
