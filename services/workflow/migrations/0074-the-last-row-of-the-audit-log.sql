-- The last row of the audit log, kept beside it: rows that are cut off at its end are missed.
set lock_timeout = '5s';

create table workflow.audit_head (
    one boolean primary key default true check (one),
    number bigint not null,
    hash text not null
);
insert into workflow.audit_head (number, hash) select number, hash from workflow.audit order by number desc limit 1;

create function workflow.keep_audit_head() returns trigger language plpgsql as $$
begin
    insert into workflow.audit_head (number, hash) select number, hash from added order by number desc limit 1
    on conflict (one) do update set number = excluded.number, hash = excluded.hash;
    return null;
end
$$;
create trigger audit_moves_on after insert on workflow.audit referencing new table as added
    for each statement execute function workflow.keep_audit_head();

create function workflow.refuse_earlier_head() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.number > old.number then return new; end if;
    raise exception 'the last row of the audit log only moves on';
end
$$;
create trigger audit_head_only_grows before update or delete on workflow.audit_head
    for each row execute function workflow.refuse_earlier_head();
