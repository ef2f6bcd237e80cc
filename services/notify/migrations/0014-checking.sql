-- anyone may ask whether a letter is ours: it is found by its content
create index pressings_by_content on notify.pressings (sha256);
create index notifications_by_content on notify.notifications (sha256) where sha256 is not null;
