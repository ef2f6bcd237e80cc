-- Where a system hears of cases.
set lock_timeout = '5s';
alter table notify.callbacks drop constraint callbacks_kind_check;
alter table notify.callbacks add constraint callbacks_kind_check
    check (kind in ('delivery', 'text', 'returned', 'case'));
