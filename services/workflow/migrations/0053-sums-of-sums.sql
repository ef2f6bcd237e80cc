-- Sums over all products, teams and channels ('*') beside those of each: a page over a million cases reads few rows.
set lock_timeout = '5s';

insert into workflow.rolled_times (month, what, product, team, channel, value, cases)
select month, what, coalesce(product, '*'), coalesce(team, '*'), coalesce(channel, '*'), value, sum(cases)
from workflow.rolled_times group by month, what, value, cube (product, team, channel)
having grouping(product, team, channel) > 0;

insert into workflow.rolled_flow (week, step, product, team, channel, entered, "left")
select week, step, coalesce(product, '*'), coalesce(team, '*'), coalesce(channel, '*'), sum(entered), sum("left")
from workflow.rolled_flow group by week, step, cube (product, team, channel)
having grouping(product, team, channel) > 0;

alter table workflow.rolled_times drop constraint rolled_times_pkey,
    add primary key (team, channel, month, product, what, value);
alter table workflow.rolled_flow drop constraint rolled_flow_pkey,
    add primary key (product, team, channel, week, step);
