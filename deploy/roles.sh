#!/bin/bash
# Make a role per service when the database is new; each may make its own schema and no other's.
set -eu
for role in forms workflow notify relay clock; do
    psql -v ON_ERROR_STOP=1 -v "role=$role" -v "password=$(cat "/run/secrets/$role")" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role :"role" login password :'password';
SQL
done
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c 'grant create on database balie to forms, workflow, notify'
