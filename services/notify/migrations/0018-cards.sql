-- The card for on site that belongs to a letter.
set lock_timeout = '5s';
alter table notify.pressings add column card_sha256 text check (card_sha256 ~ '^[0-9a-f]{64}$');
