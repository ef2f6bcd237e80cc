-- Which e-mail address of a form must be confirmed before the form can be sent, and since when it is.
set lock_timeout = '5s';

create table forms.confirmation (
    draft_id uuid primary key references forms.draft (id) on delete cascade,
    email text not null,
    token_hash bytea not null unique,
    asked_at timestamptz not null,
    confirmed_at timestamptz
);
