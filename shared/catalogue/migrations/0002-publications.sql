-- Which version of a product, and which text about the municipality, is offered from when on. The last row serves on
-- when today's folder has faults. Rows are only added.
create table catalogue.publication (
    id bigint generated always as identity primary key,
    product text not null,
    version text not null,
    published_at timestamptz not null default now(),
    foreign key (product, version) references catalogue.version (product, version)
);

create index publication_last on catalogue.publication (product, id desc);

create table catalogue.municipality (
    id bigint generated always as identity primary key,
    content text not null,
    published_at timestamptz not null default now()
);

grant select on catalogue.publication, catalogue.municipality to forms, workflow, notify;
grant insert on catalogue.publication, catalogue.municipality to forms;
