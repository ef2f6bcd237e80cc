-- Files that clients of the API send as a link; they lie in the vault under their hash until the link expires.
create table notify.shared_files (
    id uuid primary key,
    client_id uuid not null references notify.clients,
    token_hash bytea not null unique,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    name text not null,
    type text not null,
    bytes integer not null,
    confirm text,
    made_at timestamptz not null,
    expires_on date not null,
    opened_at timestamptz
);
create index shared_files_expiring on notify.shared_files (expires_on);
create index shared_files_by_content on notify.shared_files (sha256);
