-- Every version of a product that was ever used. Rows are only added: a draft, a submission and a case point at them.
create table catalogue.version (
    product text not null,
    version text not null check (version ~ '^[0-9a-f]{64}$'),
    files jsonb not null check (jsonb_typeof(files) = 'object'),
    first_seen timestamptz not null default now(),
    primary key (product, version)
);

grant usage on schema catalogue to forms, workflow, notify;
grant select, insert on catalogue.version to forms, workflow, notify;
