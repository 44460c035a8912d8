-- Measured again: what each request cost without need (docs/decisions/0022-speed.md).

-- As before (0011_workbench.sql), but whether words stand side by side is looked at only where somebody asked for it: reading the words
-- of each hit once more was a third of a search for single words.
create or replace function message_hits(company bigint, words tsquery, query tsquery, before_at timestamptz, before_id bigint, most integer)
returns table (id bigint, contact_id bigint, sent_at timestamptz) language plpgsql stable
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set plan_cache_mode = force_custom_plan as $$
begin
  return query
    select h.id, h.contact_id, h.sent_at::timestamptz
    from (
      select m.id, m.contact_id, m.sent_at, m.search_words from messages m
      where m.company_id = company and m.search_words @@ words and (m.sent_at, m.id) < (before_at, before_id)
      limit most
    ) h where query is null or h.search_words @@ query;
end
$$;
