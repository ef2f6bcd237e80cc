-- Lists and search that stay fast at a million cases.
set lock_timeout = '5s';

create index cases_list on workflow.cases ((status = 'awaiting_supplement'), deadline, received_at, reference)
    where status in ('received', 'in_progress', 'awaiting_supplement');
create index cases_over on workflow.cases (deadline, received_at, reference)
    where status in ('decided', 'announced', 'withdrawn');
create index cases_received on workflow.cases (received_at, reference);
create index cases_applicant on workflow.cases (lower(applicant), reference);
create index cases_product on workflow.cases (product, received_at);
alter table workflow.cases drop column search;

-- What a case can be found by. It stands beside the case, so that work on the case does not write it anew.
create table workflow.search (
    case_id uuid primary key references workflow.cases,
    document tsvector not null
);
create index search_document on workflow.search using gin (document);

-- Every word that stands in some case: a word with a typing error is looked up here.
create table workflow.words (word text primary key);
create index words_like on workflow.words using gin (word public.gin_trgm_ops);
create index words_begin on workflow.words (word text_pattern_ops);

create function workflow.plain(said text) returns text stable language sql as $$
    select regexp_replace(lower(public.unaccent(coalesce(said, ''))), '[^[:alnum:]]+', ' ', 'g')
$$;

-- Names, numbers and places as they are; what the applicant said, by the stems of Dutch. `shown` has no sealed answers.
create function workflow.document_of(names text, shown jsonb) returns tsvector stable language sql as $$
    select setweight(to_tsvector('simple', workflow.plain(names)), 'A') || to_tsvector('dutch', workflow.plain(
        (select string_agg(line -> 'text' ->> 'nl', ' ')
         from jsonb_array_elements(shown) section, jsonb_array_elements(section -> 'rows') line)))
$$;

create function workflow.words_in(document tsvector) returns setof text immutable language sql as $$
    select word from unnest(tsvector_to_array(document)) word where word ~ '^[a-z]{4,30}$' order by word
$$;

-- What is searched for: every word, as a beginning or by its stem; a word that no case has, by those most like it.
create function workflow.sought(asked text, out query tsquery, out instead text[]) stable language plpgsql as $$
declare
    given text;
    near text[];
    one tsquery;
begin
    instead := '{}';
    foreach given in array (string_to_array(trim(workflow.plain(asked)), ' '))[1:8] loop
        continue when given = '';
        one := to_tsquery('simple', quote_literal(given) || case when length(given) > 2 then ':*' else '' end)
            || plainto_tsquery('dutch', given);
        if given ~ '^[a-z]{4,30}$' and not exists (
            select from workflow.words w where w.word like given || '%'
                or w.word = any (tsvector_to_array(to_tsvector('dutch', given)))
        ) then
            near := array(
                select w.word from workflow.words w where w.word operator(public.%) given
                order by public.similarity(w.word, given) desc, w.word limit 3
            );
            instead := instead || near;
            one := one || coalesce(to_tsquery('simple', nullif(array_to_string(near, ' | '), '')), ''::tsquery);
        end if;
        query := case when query is null then one else query && one end;
    end loop;
end $$;

insert into workflow.search (case_id, document)
select id, workflow.document_of(concat_ws(' ', reference, applicant, submission -> 'applicant' ->> 'name', place),
                                submission -> 'shown')
from workflow.cases;
insert into workflow.words select distinct word from workflow.search, workflow.words_in(document) word
on conflict do nothing;
