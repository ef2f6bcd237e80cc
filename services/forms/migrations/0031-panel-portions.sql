-- The list of a questionnaire waits here until each address is asked, in portions; then it is gone. After closing, a
-- link leads to no questionnaire any more (`panel` is null) but can still be used to ask for no more, for a year.
set lock_timeout = '5s';

create table forms.panel_waiting (
    panel text not null references forms.panel,
    address text not null,
    primary key (panel, address)
);
alter table forms.panel_invite alter column panel drop not null;
alter table forms.panel_invite add column until date;
