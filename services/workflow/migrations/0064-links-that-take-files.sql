-- Whether an adviser can add files by a link: the service of the forms hears of each that is mailed from now on.
set lock_timeout = '5s';

alter table workflow.advice_links add column takes_files boolean not null default false;
