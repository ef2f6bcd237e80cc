-- What is at one place at the same time, and what was there last: found without reading applications.
set lock_timeout = '5s';

-- Days are written as 2026-11-27, so that their text sorts as they do.
create index cases_where_and_when on workflow.cases
    (place, coalesce(submission ->> 'ends', submission ->> 'starts'), (submission ->> 'starts'))
    where place is not null and submission ->> 'starts' is not null;
create index cases_where on workflow.cases (place, received_at) where place is not null;
drop index workflow.cases_place;
