-- A text that nobody published yet can be kept as a version, so that a rule trial can be made of it.
alter table catalogue.edit drop constraint edit_act_check;
alter table catalogue.edit add constraint edit_act_check
    check (act in ('begun', 'changed', 'added', 'removed', 'uploaded', 'thrown_away', 'published', 'offered'));
