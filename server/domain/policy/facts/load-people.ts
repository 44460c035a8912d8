import { sql } from "kysely";
import { parsePhone } from "../../../../shared/phone/parse-phone.ts";
import { prepared } from "../../../db/prepared.ts";
import { whatsappAddress } from "../../contacts/whatsapp-address.ts";
import type { Ctx } from "../../context.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../../reach/reach.ts";
import { RecentEntries } from "../../recent-entries.ts";
import type { WantedSend } from "../send-decision.ts";
import type { ConsentWord, PersonFacts } from "../send-facts.ts";

type Loaded = {
  person: (now: Date, confirmationLeft: (since: Date) => boolean) => Omit<PersonFacts, "suppressed">;
  windowExpiresAt: Date | null;
  lastInboundAt: Date | null;
  freeEntryExpiresAt: Date | null;
  pairFreeAt: Date | null;
};

/** The people who are there, by their place in the list, with what stands on their conversation with that number. */
export async function loadPeople(ctx: Ctx, wanted: WantedSend[], now: Date): Promise<Map<number, Loaded>> {
  const rows = await ctx.db.all(
    peopleOf({
      companyId: ctx.companyId,
      contactIds: wanted.map(({ contactId }) => contactId),
      channelAccountIds: wanted.map(({ channelAccountId }) => channelAccountId),
      now: now.toISOString(),
      ...reachArgs(ctx),
    }),
  );
  return new Map(rows.map((row) => [row.place - 1, loadedOf(row)]));
}

function loadedOf(row: Row): Loaded {
  const { phone, userId } = row;
  const country = countryOf(row);
  return {
    person: (now, confirmationLeft) => ({
      doNotContact: row.doNotContact,
      phone,
      userId,
      country,
      everything: everythingOf(row, now, confirmationLeft),
      marketing: wordOf(row.marketingState, row.marketingAt, row.marketingSource),
    }),
    windowExpiresAt: dateOf(row.windowExpiresAt),
    lastInboundAt: dateOf(row.lastInboundAt),
    freeEntryExpiresAt: dateOf(row.freeEntryExpiresAt),
    pairFreeAt: dateOf(row.pairFreeAt),
  };
}

function everythingOf(row: Row, now: Date, confirmationLeft: (since: Date) => boolean): ConsentWord | null {
  const word = wordOf(row.allState, row.allAt, row.allSource);
  const from = dateOf(row.confirmFrom);
  if (!word || !from) return word;
  const isRecent = now.getTime() - from.getTime() < 24 * 3_600_000;
  return { ...word, confirmationDue: isRecent && !confirmationLeft(from) };
}

function wordOf(state: string | null, at: string | null, source: string | null): ConsentWord | null {
  if (at === null || (state !== "granted" && state !== "withdrawn")) return null;
  return { state, at: new Date(at), source: source ?? "", confirmationDue: false };
}

// What bills and what delivers is the number's country; a user id carries it too. The record's own field comes last.
function countryOf({ phone, userId, country }: Row): string | null {
  return (
    countryOfPhone(phone) ?? /^([A-Z]{2})\./.exec(userId ?? "")?.[1] ?? /^[A-Z]{2}$/.exec(country ?? "")?.[0] ?? null
  );
}

// A message is decided twice within a second, as it is asked for and as it leaves, and a number is dear to read.
const countries = new RecentEntries<{ country: string | undefined }>(2_000);

function countryOfPhone(phone: string | null): string | undefined {
  if (phone === null) return undefined;
  const known = countries.get(phone) ?? { country: parsePhone(phone)?.country };
  countries.set(phone, known);
  return known.country;
}

function dateOf(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}

type Row = {
  place: number;
  doNotContact: boolean;
  phone: string | null;
  userId: string | null;
  country: string | null;
  windowExpiresAt: string | null;
  lastInboundAt: string | null;
  freeEntryExpiresAt: string | null;
  pairFreeAt: string | null;
  allState: string | null;
  allAt: string | null;
  allSource: string | null;
  confirmFrom: string | null;
  marketingState: string | null;
  marketingAt: string | null;
  marketingSource: string | null;
};

const peopleOf = prepared<
  { companyId: number; contactIds: number[]; channelAccountIds: number[]; now: string } & ReachArgs
>()(
  (_db, arg) => sql<Row>`
    select w.place, c.do_not_contact as "doNotContact", coalesce(i.phone, c.phone) as phone, i.user_id as "userId", upper(c.country) as country,
      v.window_expires_at as "windowExpiresAt", v.last_inbound_at as "lastInboundAt",
      case when v.free_entry_expires_at - interval '48 hours' > ${arg("now")}::timestamptz or a.answered then v.free_entry_expires_at end
        as "freeEntryExpiresAt", p.next_free_at as "pairFreeAt",
      e.state as "allState", e.at as "allAt", e.source as "allSource", e.evidence->>'confirmed_at' as "confirmFrom",
      m.state as "marketingState", m.at as "marketingAt", m.source as "marketingSource"
    from unnest(${arg("contactIds")}::bigint[], ${arg("channelAccountIds")}::bigint[]) with ordinality w (contact_id, channel_account_id, place)
    join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = w.contact_id and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}
    left join channel_accounts n on n.company_id = ${arg("companyId")}::bigint and n.id = w.channel_account_id
    left join conversations v on v.company_id = ${arg("companyId")}::bigint and v.contact_id = w.contact_id
      and v.channel_account_id = w.channel_account_id
    left join pair_rates p on p.company_id = ${arg("companyId")}::bigint and p.channel_account_id = w.channel_account_id
      and p.contact_id = w.contact_id
    -- The 72 hours after an ad hold when it was answered within 24; before that, the next message is the answer.
    left join lateral (
      select true as answered from messages
      where v.free_entry_expires_at > ${arg("now")}::timestamptz and company_id = ${arg("companyId")}::bigint and conversation_id = v.id
        and direction = 'out' and sent_at between v.free_entry_expires_at - interval '72 hours' and v.free_entry_expires_at - interval '48 hours'
        and status is distinct from 'failed' and status is distinct from 'cancelled'
      limit 1
    ) a on true
    left join lateral (
      select ${whatsappAddress} as phone, max(i.value) filter (where i.kind = 'user_id') as user_id
      from contact_identities i where i.company_id = ${arg("companyId")}::bigint and i.contact_id = w.contact_id
    ) i on true
    left join lateral (
      select state, at, source, evidence from contact_consents
      where company_id = ${arg("companyId")}::bigint and contact_id = w.contact_id and channel = case n.provider when 'email' then 'email' else 'whatsapp' end and purpose = 'all'
      order by at desc, id desc limit 1
    ) e on true
    left join lateral (
      select state, at, source from contact_consents
      where company_id = ${arg("companyId")}::bigint and contact_id = w.contact_id and channel = case n.provider when 'email' then 'email' else 'whatsapp' end and purpose = 'marketing'
      order by at desc, id desc limit 1
    ) m on true`,
);
