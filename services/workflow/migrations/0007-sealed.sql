-- In which version the application was told that a case began with, and how other cases of its applicant are known.
set lock_timeout = '5s';

alter table workflow.cases
    add column submission_version integer not null default 1,
    add column same_person text[] not null default '{}';
create index cases_same_person on workflow.cases using gin (same_person) where same_person <> '{}';
