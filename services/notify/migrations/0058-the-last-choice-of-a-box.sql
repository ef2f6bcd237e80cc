-- The last word about the Berichtenbox counts, in whatever order the facts are heard: of who left it that stays known.
set lock_timeout = '5s';
alter table notify.boxes
    alter column sealed drop not null,
    add column fact uuid not null default '00000000-0000-0000-0000-000000000000',
    add column kept_at timestamptz not null default now();
