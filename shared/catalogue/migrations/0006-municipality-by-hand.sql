-- Who published a text about the municipality, and why; without a name it was the folder that came with the software.
-- What the folder brings after somebody published by hand waits. Rows are only added.
set lock_timeout = '5s';
alter table catalogue.municipality
    add column subject text,
    add column signed_by text,
    add column because text not null default '',
    add column waits boolean not null default false,
    add constraint municipality_signed check ((subject is null) = (signed_by is null));
