-- The text of a product that functional administrators are working on; one per product, shared by all of them.
-- `revision` goes up with every change, so that nobody overwrites what a colleague changed meanwhile.
create table forms.working_copy (
    product text primary key,
    based_on text check (based_on ~ '^[0-9a-f]{64}$'),
    files jsonb not null check (jsonb_typeof(files) = 'object'),
    revision integer not null default 1,
    begun_at timestamptz not null,
    begun_by text not null,
    changed_at timestamptz not null,
    changed_by text not null
);
