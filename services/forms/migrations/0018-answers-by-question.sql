-- A request asks several things, each answered by itself; a question of the form has its new answer beside it.
set lock_timeout = '5s';

alter table forms.given
    add column asked text not null default 'own-words',
    add column answers jsonb not null default '{}';
alter table forms.given drop constraint given_pkey;
alter table forms.given add primary key (request_id, asked);
