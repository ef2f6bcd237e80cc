-- Who wants what we tell in their Berichtenbox: the number is sealed under a key that the database does not have.
set lock_timeout = '5s';
create table notify.boxes (
    reference text primary key,
    sealed text not null
);
alter table notify.messages add column by_box boolean not null default false;
alter table notify.attempts drop constraint attempts_channel_check;
alter table notify.attempts add constraint attempts_channel_check check (channel in ('box', 'email', 'post'));
