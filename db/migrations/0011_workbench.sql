-- The workbench: who works on what, ready answers, merging people, bulk changes, imports, and search over messages.

-- One member's conversations.
create index conversations_company_id_assignee_user_id_idx on conversations (company_id, assignee_user_id, last_message_at desc, id desc)
  where assignee_user_id is not null;
-- What waits for an answer.
create index conversations_unread_idx on conversations (company_id, last_message_at desc, id desc) where unread_count > 0;
-- What the alarm clock looks at, over all companies.
create index conversations_snoozed_until_idx on conversations (snoozed_until) where status = 'snoozed';

create sequence quick_replies_id_seq as bigint;
create table quick_replies (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('quick_replies_id_seq'),
  shortcut text not null,
  title text not null,
  -- With {{first_name}} and the like, filled in when it is used.
  text text not null,
  language text,
  used_count integer not null default 0,
  version integer not null default 1,
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint quick_replies_company_id_shortcut_key unique (company_id, shortcut)
);

alter table contacts
  -- Where a merged person went; such a one is deleted, and comes back by undoing the merge alone.
  add column merged_into_id bigint;
-- Following a chain backwards: who went into this person.
create index contacts_company_id_merged_into_id_idx on contacts (company_id, merged_into_id) where merged_into_id is not null;
-- A person can be merged away once at a time.
create unique index contact_merges_merged_key on contact_merges (company_id, merged_contact_id) where status = 'merged';
-- Proposals, newest first.
create index contact_merges_company_id_status_idx on contact_merges (company_id, status, id desc);
-- Foreign keys of people who may go, and a person's own proposals.
create index contact_merges_company_id_kept_contact_id_idx on contact_merges (company_id, kept_contact_id);
create index contact_merges_company_id_merged_contact_id_idx on contact_merges (company_id, merged_contact_id);

alter table change_sets
  -- How many records it changed; the list shows it without reading the changes.
  add column changed_count integer not null default 0,
  add column undone_by bigint,
  -- What the undo did with each row.
  add column undo jsonb;

alter table imports
  add column header jsonb not null default '[]',
  add column delimiter text,
  add column encoding text,
  -- What to do with a person who is there already: skip, update, create (refuse the row).
  add column on_duplicate text not null default 'skip',
  add column row_count integer not null default 0,
  -- The last row that was worked on; a worker that takes over goes on behind it.
  add column last_row integer not null default 0,
  -- Who asked, for the journal.
  add column actor jsonb not null default '{"kind": "system"}',
  add column undone_by bigint,
  add constraint imports_state_check check (state in ('uploaded', 'running', 'finished', 'undoing', 'undone')),
  add constraint imports_on_duplicate_check check (on_duplicate in ('skip', 'update', 'create'));
-- What the import worker has to do, over all companies.
create index imports_due_idx on imports (id) where state in ('running', 'undoing');

alter table import_rows
  -- What an undo needs: the version left behind, and the fields before.
  add column undo jsonb;
-- The error file.
create index import_rows_failed_idx on import_rows (company_id, import_id, row_number) where result = 'failed';

-- Scoring reads a person's last hundred messages and all their wishes whenever they write: from the index alone, because the rows lie
-- all over the table.
drop index messages_company_id_contact_id_idx, messages_intents_idx;
create index messages_company_id_contact_id_idx on messages (company_id, contact_id, sent_at desc, id desc) include (conversation_id, direction);
create index messages_intents_idx on messages (company_id, contact_id) include (direction, intents) where intents <> '{}';

alter table messages
  -- By which identity it came ("phone 5511…"), so that undoing a merge gives later messages to whom they belong.
  add column sender text;

-- Letters of scripts that put no spaces between words are indexed as overlapping pairs, so that any fragment of two finds them.
create function message_fragments(folded text) returns text language sql immutable parallel safe strict as $$
  select string_agg(case when c ~ p then ' ' || c || coalesce(case when following ~ p then following end, '') || ' ' else c end, '' order by n)
  from (
    select c, n, lead(c) over (order by n) as following,
      '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]' as p
    from unnest(string_to_array(folded, null)) with ordinality as letters (c, n)
  ) as letters
$$;

-- The words of a message, folded (case, accents, vowel signs of Arabic and Hebrew), with their places. Plain ASCII is left to PostgreSQL's
-- own parser, which is fast; it would cut Hindi at its vowel signs. shared/search-words.ts does the same with what a person types.
do $create$
declare
  -- Lower case by Unicode, whatever the database's locale: the built-in collation where there is one (17), or ICU's.
  unicode text := (
    select quote_ident(collname) from pg_collation where collname in ('pg_c_utf8', 'und-x-icu') and collencoding in (-1, 6)
    order by collname limit 1);
begin
  execute format($function$
    create function message_words(body text) returns tsvector language plpgsql immutable parallel safe strict as $body$
    declare
      folded text := left(body, 20000);
    begin
      if octet_length(folded) > length(folded) then
        folded := regexp_replace(normalize(folded, NFKD),
          '[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u0a3c\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3099\u309a\ufe00-\ufe0f\ufeff]+', '', 'g');
        folded := regexp_replace(folded, '[\u0080-\u00bf\u00d7\u00f7\u02c2-\u02df\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u0e2f\u0e3f\u0e4f\u0e5a\u0e5b\u104a-\u104f\u1361-\u1368\u1680\u17d4-\u17da\u180e\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ufe10-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65\U0001f000-\U0001faff]+', ' ', 'g');
      end if;
      folded := regexp_replace(lower(folded collate %1$s), '[\u0001-\u002f\u003a-\u0060\u007b-\u007f]+', ' ', 'g');
      if octet_length(folded) = length(folded) then return to_tsvector('pg_catalog.simple', folded); end if;
      folded := replace(translate(normalize(folded, NFC), 'øłđıςىةی', 'oldiσيهي'), 'ß', 'ss');
      folded := replace(replace(folded, 'œ', 'oe'), 'æ', 'ae');
      if folded ~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]' then
        folded := regexp_replace(message_fragments(folded), ' +', ' ', 'g');
      end if;
      return (
        select string_agg(left(word, 60) || ':' || least(place, 16383), ' ')::tsvector
        from unnest(string_to_array(trim(folded), ' ')) with ordinality as parts (word, place) where word <> '');
    end
    $body$
  $function$, coalesce(unicode, '"default"'));
end
$create$;

-- By triggers and not as a generated column: beside a BEFORE UPDATE trigger (message_moved) PostgreSQL makes generated columns anew with
-- every update, and most updates are statuses (measured: 33 µs of processor a status instead of 19). Always, so that a fill that
-- switches triggers off can be searched too.
alter table messages add column search_words tsvector;
update messages set search_words = message_words(text) where text is not null;
create function message_words_follow() returns trigger language plpgsql as $$
begin
  new.search_words := message_words(new.text);
  return new;
end $$;
create trigger message_words_insert before insert on messages
  for each row when (new.text is not null) execute function message_words_follow();
create trigger message_words_update before update of text on messages
  for each row when (old.text is distinct from new.text) execute function message_words_follow();
alter table messages enable always trigger message_words_insert, enable always trigger message_words_update;
-- Messages by their words. A short list of pending entries, as for people: a search reads it whole.
create index messages_search_idx on messages using gin (company_id, search_words)
  with (gin_pending_list_limit = 512) where search_words is not null;

-- Messages that hold the words, by the index alone: a plan by order of time, or one that reads the table, looks cheaper to the planner
-- for common words and then reads everything where they are only common elsewhere. Planned for these words each time. Only so many
-- that hold all the words are fetched; whether words stand side by side (query) is seen in the message itself, not in the index.
create function message_hits(company bigint, words tsquery, query tsquery, before_at timestamptz, before_id bigint, most integer)
returns table (id bigint, contact_id bigint, sent_at timestamptz) language plpgsql stable
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off set plan_cache_mode = force_custom_plan as $$
begin
  return query
    select h.id, h.contact_id, h.sent_at::timestamptz
    from (
      select m.id, m.contact_id, m.sent_at, m.search_words from messages m
      where m.company_id = company and m.search_words @@ words and (m.sent_at, m.id) < (before_at, before_id)
      limit most
    ) h where h.search_words @@ query;
end
$$;
