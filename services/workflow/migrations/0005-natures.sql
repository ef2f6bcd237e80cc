-- A decision says what the applicant did with the form; before, all were spoken of as a permit.
set lock_timeout = '5s';
update workflow.decisions set decision = decision || '{"nature": "permit"}' where not decision ? 'nature';
