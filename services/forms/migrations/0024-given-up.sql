-- Permits that their holders do not need any more.
set lock_timeout = '5s';

create table forms.given_up (
    reference text primary key references forms.submission (reference),
    because text not null,
    at timestamptz not null
);
