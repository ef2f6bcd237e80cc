-- What happened on the way is counted of decisions only: an application taken back is no decision that was suspended.
set lock_timeout = '5s';

delete from workflow.rolled_times where what in ('suspended', 'extended', 'defaulted');
insert into workflow.rolled_times (month, what, product, team, channel, value, cases)
select date_trunc('month', t.ended_on)::date, found.what, coalesce(t.product, '*'), coalesce(t.team, '*'),
       coalesce(t.channel, '*'), 0, count(*)
from workflow.case_times t cross join lateral (
    values ('suspended', t.suspended), ('extended', t.extended), ('defaulted', t.defaulted)
) as found (what, counts)
where t.outcome = 'sent' and found.counts group by 1, 2, cube (t.product, t.team, t.channel);
