-- Each case lies with a team; who works there may see it. Cases of before get theirs after this, by `migrate`.
set lock_timeout = '5s';
alter table workflow.cases add column team text not null default '';
create index cases_product_team on workflow.cases (product, team);
