-- Which question an adviser outside answers by a link, so that their answer to one leaves the link of another open.
-- Rows of before do not tell: any answer of that adviser ends them.
set lock_timeout = '5s';

alter table forms.adviser add column advice_id uuid;
