-- A bank may take back what had settled a form; and a form that waits to be paid does not wait for ever.
set lock_timeout = '5s';
alter table forms.payment add column charged_back_at timestamptz;
alter table forms.payment add constraint payment_charged_back check (charged_back_at is null or settled_at is not null);
drop index forms.payment_settles;
create unique index payment_settles on forms.payment (reference) where settled_at is not null and charged_back_at is null;
alter table forms.held add column keep_until date;
