-- Few cases are withdrawn, or decided and not sent yet, and hardly one of the newest: those lists begin at once.
set lock_timeout = '5s';
create index cases_seldom on workflow.cases (status, received_at, reference) include (team, product)
    where status in ('decided', 'withdrawn');
