-- A form that asks to change or prolong what an earlier one gave: which one, and how it belongs to it.
set lock_timeout = '5s';

alter table forms.draft add column link jsonb;
