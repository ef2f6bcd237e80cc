-- What will be late: how long closed cases took, what is foretold of the open ones, what was said before, and the outlook.
set lock_timeout = '5s';

-- Working days from receipt until the end and until somebody took it, without those on which the term stood still.
create table workflow.spans (
    case_id uuid primary key references workflow.cases,
    product text not null,
    received_on date not null,
    ended_on date not null,
    days integer not null,
    taken_after integer
);
create index spans_received on workflow.spans (received_on);
create index spans_ended on workflow.spans (ended_on);

-- Made anew each night. No chance: too little is known.
create table workflow.foretold (
    case_id uuid primary key references workflow.cases,
    product text not null,
    deadline date not null,
    age integer not null,
    taken boolean not null,
    chance real,
    basis text not null,
    alike integer not null,
    late integer not null
);
create index foretold_next on workflow.foretold (chance desc nulls last, deadline, case_id) where basis <> 'passed';
create index foretold_passed on workflow.foretold (deadline, case_id) where basis = 'passed';

-- Chances as they were said on the first of a month, of some cases; what came true once their term was over.
create table workflow.said (
    said_on date not null,
    case_id uuid not null references workflow.cases,
    chance real not null,
    term integer not null,
    deadline date not null,
    late boolean,
    primary key (said_on, case_id)
);
create index said_of on workflow.said (case_id);
create index said_open on workflow.said (deadline) where late is null;

create table workflow.outlooks (
    what_if text primary key,
    foretold_on date not null,
    outlook jsonb
);
