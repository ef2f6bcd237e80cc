-- Who signs along with an initiative that is not handed in yet, for one text. It goes with the draft, or to the case.
set lock_timeout = '5s';

create table forms.gathering (
    draft_id uuid primary key references forms.draft (id) on delete cascade,
    token_hash bytea not null unique,
    text jsonb not null,
    last_day date not null
);

-- `person` is a mark of name and address: to see that somebody signs twice, without opening what is sealed.
create table forms.supporter (
    token_hash bytea primary key,
    draft_id uuid not null references forms.gathering (draft_id) on delete cascade,
    person text not null,
    sealed text not null,
    mails integer not null default 1,
    keep_until date not null,
    confirmed_at timestamptz
);
create index supporter_of on forms.supporter (draft_id);
