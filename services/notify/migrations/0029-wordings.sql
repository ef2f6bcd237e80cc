-- Texts of messages: each that was ever published or used, by its content; who wrote and who published what; and with
-- which texts each message was written. Rows are only added, but for the one draft of a text.
set lock_timeout = '5s';

create table notify.wordings (
    name text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    content text not null,
    first_seen timestamptz not null default now(),
    primary key (name, sha256)
);

-- the last one serves; before the first it is the text of the catalogue
create table notify.wording_publications (
    id bigint generated always as identity primary key,
    name text not null,
    sha256 text not null,
    published_at timestamptz not null,
    published_by text not null,
    publisher text not null,
    writers text[] not null check (cardinality(writers) > 0),
    written_by text[] not null,
    because text not null,
    foreign key (name, sha256) references notify.wordings (name, sha256),
    constraint four_eyes check (not published_by = any (writers))
);

create index wording_publications_last on notify.wording_publications (name, id desc);

create table notify.wording_drafts (
    name text primary key,
    content text not null,
    revision integer not null,
    writers text[] not null,
    written_by text[] not null,
    changed_by text not null,
    changed_at timestamptz not null
);

create table notify.message_wordings (
    id bigint generated always as identity primary key,
    message_id uuid not null references notify.messages,
    at timestamptz not null default now(),
    name text not null,
    sha256 text not null,
    closing text not null,
    foreign key (name, sha256) references notify.wordings (name, sha256)
);

create index message_wordings_of on notify.message_wordings (message_id, id desc);
