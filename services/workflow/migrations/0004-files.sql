-- The files that came with an application; their content lies in the vault under the name `place`.
set lock_timeout = '5s';

create table workflow.files (
    case_id uuid not null references workflow.cases (id),
    id uuid not null,
    question text not null,
    name text not null,
    type text not null,
    bytes bigint not null,
    sha256 text not null,
    place text not null,
    scan text not null check (scan in ('waiting', 'clean', 'infected', 'unscanned')),
    primary key (case_id, question, id)
);
create index files_place on workflow.files (place);

-- applications of before this release came without files
update workflow.cases set submission = submission || '{"files": []}' where not submission ? 'files';
