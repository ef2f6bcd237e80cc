-- Who published, why, and from when on it serves. Without a name it was the folder that came with the software.
-- `examples` are the example cases that held when it was published.
alter table catalogue.publication
    add column serves_from timestamptz,
    add column subject text,
    add column signed_by text,
    add column because text not null default '',
    add column examples jsonb check (jsonb_typeof(examples) = 'object');
update catalogue.publication set serves_from = published_at;
alter table catalogue.publication
    alter column serves_from set not null,
    alter column serves_from set default now(),
    add constraint publication_signed check ((subject is null) = (signed_by is null));

create index publication_serves on catalogue.publication (product, serves_from desc, id desc);

-- A publication that was called off before it served. Rows are only added, here too.
create table catalogue.calling_off (
    publication bigint primary key references catalogue.publication (id),
    at timestamptz not null default now(),
    subject text not null,
    signed_by text not null
);

grant select on catalogue.calling_off to forms, workflow, notify;
grant insert on catalogue.calling_off to forms;
