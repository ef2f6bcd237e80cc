-- Which views came in on public notices, so that a page sent twice is one view; what they say lies with the case.
set lock_timeout = '5s';

create table forms.view (
    id uuid primary key,
    reference text not null unique,
    number text not null references forms.public_notice,
    at timestamptz not null
);
create index view_of on forms.view (number);

-- a file that goes with a view belongs to it, and to no form: what belongs to a form its applicant sees
alter table forms.file add column view text references forms.view (reference);
create index file_view on forms.file (view) where view is not null;
