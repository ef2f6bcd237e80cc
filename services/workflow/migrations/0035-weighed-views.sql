-- A decision answers the views of others; before, there were none.
set lock_timeout = '5s';
update workflow.decisions set decision = decision || '{"views": []}' where not decision ? 'views';
