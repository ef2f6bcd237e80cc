-- What a product should reach in time and who answers for it; rows are only added, and the last of a product counts.
set lock_timeout = '5s';

create table workflow.goals (
    id bigint generated always as identity primary key,
    product text not null,
    -- of a hundred decisions so many in time; null: no goal any more
    percent integer check (percent between 1 and 100),
    owner text not null references workflow.people,
    set_by text not null references workflow.people,
    set_at timestamptz not null
);
create index goals_of on workflow.goals (product, id);
