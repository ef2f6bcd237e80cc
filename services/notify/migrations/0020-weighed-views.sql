-- A decision answers the views of others; before, there were none.
set lock_timeout = '5s';
update notify.letters set decision = decision || '{"views": []}' where not decision ? 'views';
