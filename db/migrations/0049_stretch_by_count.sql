-- As before (0047), but the stretch of time that the index of words is asked for is counted off message by message. It was reckoned by the time that
-- the newest three hundred had taken: after a quiet night it held fifty thousand messages instead of seven, and listing them was
-- most of a search. And what is not found in a week is looked for in eight more at once (docs/decisions/0026-message-search.md).
create or replace function message_hits(company bigint, parts text[], query tsquery, has_phrases boolean, before_at timestamptz, before_id bigint,
  owners bigint[], unowned boolean, wanted integer, enough integer, ranked boolean)
returns table (id bigint, sent_at timestamptz, rank real) language plpgsql stable rows 50
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  sample constant integer := 300;
  most_read constant integer := 8000;
  most_stretches constant integer := 5;
  far constant integer := 2000;
  few constant integer := 40;
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
  since timestamptz;
  stretches integer := 0;
  common boolean := false;
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
    going_on := 1.2 * (enough - found) * read / greatest(found, 1);
    if ranked and going_on > far then
      enough := least(enough, few);
      if found >= enough then return; end if;
      going_on := 1.2 * (enough - found) * read / greatest(found, 1);
    end if;
    exit when found = 0 or read + going_on > most_read or (going_on > 2 * sample and listed < 0.15);
    step := greatest(sample, going_on::integer);
  end loop;

  -- How far back there should be enough is known by now. Less than a week: the index is asked for that stretch of time only, which two
  -- bitmaps side by side find without a look at the week's other hits. Where it begins is counted off: after a quiet night the time of the
  -- first messages says nothing of the day before. What the sample promised too much is looked for further back.
  if found = 0 and hits = 0 then
    -- Among the newest there is none, but a week before it is common: a campaign's equal messages lie between. Then longer and longer
    -- stretches are asked for, because the week would give thousands.
    select count(*) > 1 into common from (
      select m.search_words from messages m
      where m.company_id = company and m.sent_at < until - interval '7 days' order by m.sent_at desc, m.id desc limit 40
    ) n where n.search_words @@ query;
  end if;
  while (found > 0 or common) and stretches < most_stretches loop
    if found = 0 then
      going_on := 0;
      since := until - interval '1 hour' * 4 ^ stretches;
    else
      going_on := 1.2 * (enough - found) * read / found;
      exit when read + going_on > most_read;
      select min(n.sent_at) into since from (
        select m.sent_at from messages m
        where m.company_id = company and (m.sent_at, m.id) < (until, until_id) order by m.sent_at desc, m.id desc limit going_on::integer
      ) n;
    end if;
    exit when since is null or message_week(until) - message_week(since) > 1;
    select array_agg(h.id), array_agg(h.contact_id), array_agg(h.sent_at), array_agg(case when ranked then ts_rank_cd(h.search_words, query) end)
    into ids, people, times, ranks
    from messages h
    where h.company_id = company and h.sent_at >= since and (h.sent_at, h.id) < (until, until_id)
      and h.search_words is not null and message_keys(h.company_id, h.sent_at, h.search_words) @@ (
        select string_agg(replace(asked, '#', company || ':' || w || ':'), ' | ')::tsquery
        from generate_series(message_week(since), message_week(until)) w)
      and (not rechecks or h.search_words @@ query);
    return query select s.id, s.sent_at, s.rank from seen_hits(company, ids, people, times, ranks, owners, unowned, wanted - found) s;
    get diagnostics seen = row_count;
    found := found + seen;
    if found >= enough then return; end if;
    read := read + going_on::integer;
    until := since;
    until_id := 0;
    stretches := stretches + 1;
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
      from generate_series(week - weeks + 1, week) w group by w / least(4, greatest(1, weeks / 4))
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
    if hits < 2000 then weeks := least(case when read = 0 then 8 else 2 end * weeks, most_weeks); end if;
  end loop;
end
$$;
