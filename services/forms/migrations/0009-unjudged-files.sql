-- A file that the scanner cannot judge, however often it tries, is shown as such instead of waiting for ever.
set lock_timeout = '5s';

alter table forms.file drop constraint file_scan_check;
alter table forms.file add constraint file_scan_check check (scan in (
    'waiting', 'clean', 'infected', 'unscanned', 'unjudged'));
drop index forms.file_watched;
create index file_watched on forms.file (at) where scan in ('waiting', 'infected', 'unjudged');
