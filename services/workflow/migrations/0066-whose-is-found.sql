-- With which team a case lies and of which product it is stands among the words it is found by: who may see the cases of
-- one team searches among those alone, not among what a million cases of others say.
set lock_timeout = '5s';

-- No word is written so: what is searched for is letters and digits.
create function workflow.whose(team text, product text) returns tsvector immutable language sql as $$
    select array_to_tsvector(array[':' || team, '=' || product])
$$;

create function workflow.found_with_team() returns trigger language plpgsql as $$
begin
    update workflow.search set document = ts_delete(document, ':' || old.team) || workflow.whose(new.team, new.product)
    where case_id = new.id;
    return null;
end $$;
create trigger cases_found_with_team after update of team on workflow.cases
    for each row when (old.team <> new.team) execute function workflow.found_with_team();

update workflow.search s set document = s.document || workflow.whose(c.team, c.product)
from workflow.cases c where c.id = s.case_id;

-- Which cases escalated lately is read from the index alone.
create index timers_told_of on workflow.timers (fired_at) include (case_id, key)
    where what = 'escalate' and state = 'fired';
drop index workflow.timers_told;

-- A product is the work of one team or two: who looks for one of another team finds nothing, and at once.
create statistics workflow.cases_whose (mcv) on team, product from workflow.cases;
analyze workflow.cases (team, product);
