-- A number of four digits is a year, that of a postcode or a part of the number of a case: whole, and no beginning. As a
-- beginning, a year that a fifth of a million cases have took three times as long to look up.
set lock_timeout = '5s';

create or replace function workflow.sought(asked text, out query tsquery, out instead text[]) stable language plpgsql as $$
declare
    given text;
    near text[];
    one tsquery;
begin
    instead := '{}';
    foreach given in array (string_to_array(trim(workflow.plain(asked)), ' '))[1:8] loop
        continue when given = '';
        one := to_tsquery('simple', quote_literal(given)
                          || case when length(given) > 2 and given !~ '^[0-9]{4}$' then ':*' else '' end)
            || plainto_tsquery('dutch', given);
        if given ~ '^[a-z]{4,30}$' and not exists (
            select from workflow.words w where w.word like given || '%'
                or w.word = any (tsvector_to_array(to_tsvector('dutch', given)))
        ) then
            near := array(
                select found.word from (
                    select w.word, 1 as likeness from workflow.words w where w.word = any (workflow.swapped(given))
                    union all
                    select w.word, public.similarity(w.word, given) from workflow.words w
                    where w.word operator(public.%) given
                ) found group by found.word order by max(found.likeness) desc, found.word limit 3
            );
            instead := instead || near;
            one := one || coalesce(to_tsquery('simple', nullif(array_to_string(near, ' | '), '')), ''::tsquery);
        end if;
        query := case when query is null then one else query && one end;
    end loop;
end $$;
