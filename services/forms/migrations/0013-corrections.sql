-- An application may be corrected until somebody takes it: from a draft of its own, and with what it said before kept.
set lock_timeout = '5s';

alter table forms.draft add column corrects text references forms.submission (reference);
alter table forms.draft add column as_of date;
-- a correction ends under the reference that the application itself ended under
alter table forms.draft drop constraint draft_reference_key;
create index draft_reference on forms.draft (reference) where reference is not null;
create unique index draft_corrects on forms.draft (corrects) where corrects is not null and reference is null;

create table forms.correction (
    reference text not null references forms.submission (reference),
    revision integer not null,
    at timestamptz not null,
    answers jsonb not null,
    shown jsonb not null,
    rules jsonb not null,
    fee_cents integer,
    sealed text,
    primary key (reference, revision)
);
