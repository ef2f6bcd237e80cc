-- What an applicant does after sending: take the application back, and say afterwards how it went.
set lock_timeout = '5s';

create table forms.withdrawal (
    reference text primary key references forms.submission (reference),
    because text not null,
    at timestamptz not null
);

create table forms.mark (
    reference text primary key references forms.submission (reference),
    mark integer not null check (mark between 1 and 10),
    words text not null,
    at timestamptz not null
);
