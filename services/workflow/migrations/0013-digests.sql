-- On which days somebody's morning was counted, whether there was anything to tell or not.
set lock_timeout = '5s';
create table workflow.digests (
    subject text not null references workflow.people on delete cascade,
    day date not null,
    made_at timestamptz not null,
    primary key (subject, day)
);
