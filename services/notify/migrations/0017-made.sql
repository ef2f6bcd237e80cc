-- What our press made, known again by the code on it or by its content; of the code only a hash is kept.
set lock_timeout = '5s';
create table notify.made (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    code_hash bytea unique,
    made_at timestamptz not null,
    reference text
);

insert into notify.made (sha256, made_at, reference)
select p.sha256, min(p.pressed_at), min(l.reference)
from notify.pressings p join notify.letters l on l.id = p.letter_id group by p.sha256;

insert into notify.made (sha256, made_at)
select sha256, min(coalesce(sent_at, created_at))
from notify.notifications where sha256 is not null and template_id is not null group by sha256
on conflict do nothing;

create index made_of_case on notify.made (reference) where reference is not null;
drop index notify.pressings_by_content;
drop index notify.notifications_by_content;

alter table notify.letters add column status_link text not null default '';
