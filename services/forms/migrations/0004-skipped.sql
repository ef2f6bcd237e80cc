-- Questions that a resident leaves open on purpose: an incomplete application may be handed in (Awb 4:5).
set lock_timeout = '5s';
alter table forms.draft add column skipped text[] not null default '{}';
