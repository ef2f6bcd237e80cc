-- When a letter was opened with its link and the number of the case: part of the evidence of its message (Awb 2:25).
set lock_timeout = '5s';
create table notify.openings (
    letter_id uuid not null references notify.letters,
    at timestamptz not null,
    primary key (letter_id, at)
);
