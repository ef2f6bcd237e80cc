-- Which adviser outside added a file, so that what one adds takes no room from another.
set lock_timeout = '5s';

alter table forms.file add column adviser text;
