-- Who asked for the link to go on later hears some days before the form is erased. The address goes with the draft.
set lock_timeout = '5s';

create table forms.reminder (
    draft_id uuid primary key references forms.draft (id) on delete cascade,
    email text not null,
    language text not null check (language in ('nl', 'en')),
    title jsonb not null,
    warned_at timestamptz
);
