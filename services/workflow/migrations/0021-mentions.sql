-- Notes stand on the timeline and name colleagues; whoever is named says here that the note was read.
set lock_timeout = '5s';

create index timeline_mentions on workflow.timeline using gin ((details -> 'mentions')) where kind = 'note';

create table workflow.mentions_read (
    note bigint not null references workflow.timeline,
    subject text not null references workflow.people on delete cascade,
    at timestamptz not null,
    primary key (note, subject)
);
