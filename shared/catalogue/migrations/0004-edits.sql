-- Who did what to the text of a product before it was published. Rows are only added.
create table catalogue.edit (
    id bigint generated always as identity primary key,
    product text not null,
    at timestamptz not null,
    subject text not null,
    signed_by text not null,
    act text not null check (act in ('begun', 'changed', 'added', 'removed', 'uploaded', 'thrown_away', 'published')),
    file text not null default ''
);

create index edit_last on catalogue.edit (product, id desc);

grant select, insert on catalogue.edit to forms;
