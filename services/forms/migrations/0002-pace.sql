-- How long the municipality really takes, counted anew each day from what was handed in and decided.
set lock_timeout = '5s';

create table forms.pace (
    product text primary key,
    cases integer not null,
    median_days integer not null,
    most_days integer not null,
    counted_on date not null
);
