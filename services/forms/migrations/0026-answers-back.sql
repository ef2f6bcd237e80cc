-- What was done with remarks on a product, for everybody to read.
set lock_timeout = '5s';

create table forms.answer_back (
    id uuid primary key,
    product text not null,
    subject text not null,
    outcome text not null check (outcome in ('done', 'not_done')),
    said text not null,
    done text not null,
    told_at timestamptz not null,
    standing boolean not null
);
create index answer_back_of on forms.answer_back (product, told_at) where standing;
