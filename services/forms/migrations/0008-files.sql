-- What is known of the files of residents; their content lies in the vault under the name `place`.
set lock_timeout = '5s';

-- A file belongs to a draft, to the key of a program, or to a form that was handed in. One that belongs to nothing
-- is deleted within two days, unless the scanner refused it: that waits for the administrator.
create table forms.file (
    id uuid primary key,
    place text not null unique,
    product text not null,
    question text not null,
    name text not null,
    type text not null,
    bytes bigint not null,
    sha256 text not null,
    scan text not null check (scan in ('waiting', 'clean', 'infected', 'unscanned')),
    finding text not null default '',
    at timestamptz not null,
    draft_id uuid references forms.draft (id) on delete set null,
    key_hash bytea,
    reference text references forms.submission (reference),
    destroyed_at timestamptz,
    destroyed_by text
);
create index file_draft on forms.file (draft_id) where draft_id is not null;
create index file_key on forms.file (key_hash) where key_hash is not null;
create index file_reference on forms.file (reference) where reference is not null;
create index file_loose on forms.file (at) where draft_id is null and reference is null;
create index file_watched on forms.file (at) where scan in ('waiting', 'infected');
