-- A link to a letter ends and can be sent again, as another one; a letter that says much asks a code too.
set lock_timeout = '5s';
create table notify.letter_links (
    token_hash bytea primary key,
    letter_id uuid not null references notify.letters,
    number integer not null,
    made_at timestamptz not null,
    valid_until timestamptz not null,
    unique (letter_id, number)
);
insert into notify.letter_links (token_hash, letter_id, number, made_at, valid_until)
select token_hash, id, 0, ordered_at, greatest(ordered_at + interval '90 days', now() + interval '30 days')
from notify.letters;
alter table notify.letters drop column token_hash;
alter table notify.letters add column code_number integer not null default 0, add column code_until timestamptz;
alter table notify.messages drop constraint messages_letter_id_key;
alter table notify.messages add column link_number integer not null default 0;
create unique index messages_of_letter on notify.messages (letter_id, link_number);
