-- Searching forgives a typing error; both extensions may be made by the owner of the database.
set lock_timeout = '5s';
create extension if not exists pg_trgm schema public;
create extension if not exists unaccent schema public;
