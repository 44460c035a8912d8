-- Messages by their words, newest first, in a few milliseconds of a million (docs/decisions/0026-message-search.md).

-- Weeks of UTC, counted from a day before any message, so that none has a negative number.
create function message_week(at timestamptz) returns integer language sql immutable parallel safe
return ((at at time zone 'UTC')::date - date '1800-01-06') / 7;
create function message_week_start(week integer) returns timestamptz language sql immutable parallel safe
return (date '1800-01-06' + 7 * week)::timestamp at time zone 'UTC';

-- A message's words as the index holds them: each behind its company and week. A list of one word in one week of one company is found
-- by itself, so that a search reads the newest weeks only, and nothing of other companies. What is searched for is cut to sixty letters
-- and then a beginning; a key may not be longer than two kilobytes. Put together as text, because that is all immutable and so becomes
-- a part of the index's expression: as a function call for each message it takes four times as long.
create function message_keys(company bigint, at timestamptz, words tsvector) returns tsvector language sql immutable parallel safe
return replace(
  ' ' || case when octet_length(strip(words)::text) > 1500 then regexp_replace(strip(words)::text, '([^'' ]{250})[^'' ]+', '\1', 'g')
    else strip(words)::text end,
  ' ''', ' ''' || company::text || ':' || message_week(at)::text || ':')::tsvector;

drop index messages_search_idx;
-- Messages by their words, week by week. A very short list of pending entries: a search reads it whole for each of its groups of weeks.
create index messages_search_idx on messages using gin (message_keys(company_id, sent_at, search_words))
  with (gin_pending_list_limit = 64) where search_words is not null;
-- Statistics of the words stand with the column; gathered for the keys too they would double the time of each analyze, for nobody.
alter index messages_search_idx alter column 1 set statistics 0;

-- Of these hits, newest first, those whose people are seen. The rule of reach for whole pages; what is shown is asked again by the statement.
create function seen_hits(company bigint, ids bigint[], people bigint[], times timestamptz[], ranks real[], owners bigint[], unowned boolean,
  most integer)
returns table (id bigint, sent_at timestamptz, rank real) language sql stable
begin atomic
  select h.id, h.sent_at, h.rank
  from (
    select u.id, u.contact_id, u.sent_at, u.rank from unnest(ids, people, times, ranks) u (id, contact_id, sent_at, rank)
    order by u.sent_at desc, u.id desc
  ) h
  join contacts c on c.company_id = company and c.id = h.contact_id and c.deleted_at is null
    and (owners is null or c.owner_user_id = any(owners) or (unowned and c.owner_user_id is null))
  order by h.sent_at desc, h.id desc limit most;
end;

drop function message_hits;
-- The newest messages that hold the words: `enough` where there are so many, never more than `wanted`. All `parts` must be there, a '#'
-- before each word; `query` is the same with what stands side by side, by which they are `ranked` if that is asked for. A row without an
-- id says until when was looked, where that was not to the end. First the newest messages are read, which tells how common the words are.
-- Reading goes on in order as long as that is less than what the index lists for a week; then the index is asked for one week, for two
-- before it, for four, ... Planned once for all words, along the indices only.
create function message_hits(company bigint, parts text[], query tsquery, has_phrases boolean, before_at timestamptz, before_id bigint,
  owners bigint[], unowned boolean, wanted integer, enough integer, ranked boolean)
returns table (id bigint, sent_at timestamptz, rank real) language plpgsql stable rows 50
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  sample constant integer := 300;
  most_read constant integer := 8000;
  most_counted constant integer := 10000;
  most_hits constant integer := 20000;
  most_weeks constant integer := 64;
  until timestamptz := before_at;
  until_id bigint := before_id;
  -- What the last step found: messages of these people at these times.
  ids bigint[];
  people bigint[];
  times timestamptz[];
  ranks real[];
  seen integer;
  found integer := 0;
  hits integer;
  -- Reading in order.
  step integer := sample;
  step_read integer;
  read integer := 0;
  newest timestamptz;
  sampled tsvector[];
  going_on float8;
  weekly float8;
  -- Asking the index.
  asked text := parts[1];
  rechecks boolean := has_phrases;
  listed float8;
  week integer;
  weeks integer := 1;
begin
  loop
    select array_agg(n.id) filter (where n.hit), array_agg(n.contact_id) filter (where n.hit), array_agg(n.sent_at) filter (where n.hit),
      array_agg(case when ranked then ts_rank_cd(n.search_words, query) end) filter (where n.hit),
      count(*) filter (where n.hit), count(*), min(n.sent_at), (array_agg(n.id))[count(*)], coalesce(newest, max(n.sent_at)),
      case when read = 0 and (has_phrases or cardinality(parts) > 1) then array_agg(n.search_words) end
    into ids, people, times, ranks, hits, step_read, until, until_id, newest, sampled
    from (
      select m.id, m.contact_id, m.sent_at, m.search_words, m.search_words @@ query as hit from messages m
      where m.company_id = company and (m.sent_at, m.id) < (until, until_id)
      order by m.sent_at desc, m.id desc limit step
    ) n;
    return query select s.id, s.sent_at, s.rank from seen_hits(company, ids, people, times, ranks, owners, unowned, wanted - found) s;
    get diagnostics seen = row_count;
    found := found + seen;
    read := read + step_read;
    if step_read < step or found >= enough then return; end if;
    if listed is null then listed := hits::float8 / read; end if;
    if sampled is not null then
      -- A word much more common than another one is seen in the hits of the other: its own list would be the longest.
      select string_agg(p.part, ' & ') filter (where p.times <= 4 * p.rarest + 2), has_phrases or bool_or(p.times > 4 * p.rarest + 2),
        min(p.times)::float8 / read
      into asked, rechecks, listed
      from (
        select q.part, count(s.words) as times, min(count(s.words)) over () as rarest
        from (select part, replace(part, '#', '')::tsquery as words from unnest(parts) part offset 0) q
        left join unnest(sampled) s (words) on s.words @@ q.words
        group by q.part
      ) p;
    end if;
    exit when found = 0;
    going_on := 1.2 * (enough - found) * read / found;
    exit when read + going_on > most_read;
    if read = sample and going_on > 4 * sample then
      -- To fetch a hit of the index costs as much as to read two messages in order. How many messages the week has is counted only where
      -- it matters.
      weekly := greatest(going_on, read * extract(epoch from interval '7 days') / greatest(1, extract(epoch from newest - until)));
      exit when going_on > sample + 2 * listed * greatest(weekly, most_counted);
      select greatest(weekly, count(*)) into weekly from (
        select from messages m
        where m.company_id = company and m.sent_at >= message_week_start(message_week(until)) and (m.sent_at, m.id) < (until, until_id)
        order by m.sent_at desc, m.id desc limit least(most_counted, going_on / (2 * listed))::integer
      ) n;
      exit when going_on > sample + 2 * listed * weekly;
    end if;
    step := greatest(sample, going_on::integer);
  end loop;

  read := 0;
  loop
    select m.sent_at into newest from messages m
    where m.company_id = company and (m.sent_at, m.id) < (until, until_id) order by m.sent_at desc, m.id desc limit 1;
    if newest is null then return; end if;
    week := message_week(newest);
    select array_agg(h.id), array_agg(h.contact_id), array_agg(h.sent_at), array_agg(case when ranked then ts_rank_cd(h.search_words, query) end),
      count(*)
    into ids, people, times, ranks, hits
    from (
      select string_agg(replace(asked, '#', company || ':' || w || ':'), ' | ')::tsquery as keys
      from generate_series(week - weeks + 1, week) w group by w / least(8, greatest(1, weeks / 4))
    ) q
    join messages h on h.search_words is not null and message_keys(h.company_id, h.sent_at, h.search_words) @@ q.keys
    where (h.sent_at, h.id) < (until, until_id) and (not rechecks or h.search_words @@ query);
    until := message_week_start(week - weeks + 1);
    until_id := 0;
    return query select s.id, s.sent_at, s.rank from seen_hits(company, ids, people, times, ranks, owners, unowned, wanted - found) s;
    get diagnostics seen = row_count;
    found := found + seen;
    read := read + hits;
    if found >= enough then return; end if;
    if read >= most_hits then
      return query select null::bigint, until, null::real;
      return;
    end if;
    if hits < 2000 then weeks := least(2 * weeks, most_weeks); end if;
  end loop;
end
$$;
