-- Messages and letters use the words of what the resident did with the form; before, all were spoken of as a permit.
set lock_timeout = '5s';
alter table notify.messages add column nature text;
update notify.messages set nature = 'permit' where kind <> 'draft';
update notify.letters set decision = decision || '{"nature": "permit"}' where not decision ? 'nature';
