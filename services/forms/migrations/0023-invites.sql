-- Forms that lie ready after a talk about a plan: which product, and what came of it.
set lock_timeout = '5s';

create table forms.invite (
    id uuid primary key,
    token_hash bytea not null unique,
    reference text not null,
    product text not null,
    at timestamptz not null,
    -- the form that was begun, if any; it may be erased since
    draft_id uuid
);
create index invite_of on forms.invite (reference);
