import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { ChannelKey } from "../conversations/inbound-update.ts";

export type ChannelRoute = { companyId: number; channelAccountId: number };

type RouteRow = { provider: string; external_id: string; company_id: number; channel_account_id: number };

/**
 * Finds whose numbers these are, by the number first and by the account (WABA) where no number is named. A number nobody connected
 * belongs to the one company of this instance where there is only one: with a valid signature there is no doubt, and the person
 * who wrote is not lost while somebody types in an id. `onlyNamed` are numbers that nobody wrote to: they are not made known by it.
 */
export async function routeChannels(
  tx: Queries,
  writtenTo: ChannelKey[],
  onlyNamed: ChannelKey[] = [],
): Promise<Map<string, ChannelRoute>> {
  const channels = [...writtenTo, ...onlyNamed];
  const known = await lookUp(tx, channels);
  const unknown = channels.filter((channel) => !routeOf(known, channel));
  if (unknown.length === 0) return known;
  const gateways = unknown.filter((channel) => channel.provider === "whatsapp_gateway");
  for (const gateway of gateways)
    await tx.run(insertGateway({ companyId: gateway.companyId, instance: gateway.instance }));
  const only = await onlyCompany(tx);
  if (only !== undefined) {
    const strangers = writtenTo.filter((channel) => !routeOf(known, channel));
    for (const channel of strangers) if (channel.provider === "whatsapp_cloud") await discover(tx, only, channel);
  }
  return lookUp(tx, channels);
}

/** The route of one channel among those looked up. */
export function routeOf(routes: Map<string, ChannelRoute>, channel: ChannelKey): ChannelRoute | undefined {
  for (const [provider, externalId] of namesOf(channel)) {
    const route = routes.get(`${provider} ${externalId}`);
    if (route) return route;
  }
  return undefined;
}

/** Whether an update says whose number it is for. */
export function namesANumber(channel: ChannelKey): boolean {
  return namesOf(channel).length > 0;
}

function namesOf(channel: ChannelKey): [provider: string, externalId: string][] {
  if (channel.provider === "whatsapp_gateway")
    return [["whatsapp_gateway", `${channel.companyId}:${channel.instance}`]];
  // A mail is stored with its account.
  if (channel.provider === "email") return [];
  // A message for a number we do not know must not land with another number of the same account.
  if (channel.phoneNumberId) return [["whatsapp_cloud", channel.phoneNumberId]];
  return channel.wabaId ? [["whatsapp_waba", channel.wabaId]] : [];
}

async function lookUp(tx: Queries, channels: ChannelKey[]): Promise<Map<string, ChannelRoute>> {
  const names = channels.flatMap(namesOf);
  const rows = await tx.all(
    selectRoutes({ providers: names.map(([provider]) => provider), externalIds: names.map(([, id]) => id) }),
  );
  return new Map(
    rows.map((row) => [
      `${row.provider} ${row.external_id}`,
      { companyId: row.company_id, channelAccountId: row.channel_account_id },
    ]),
  );
}

/** Whose everything is, where this installation has one company. */
export async function onlyCompany(tx: Queries): Promise<number | undefined> {
  const companies = await tx.all(selectCompanies({}));
  return companies.length === 1 ? companies[0]?.id : undefined;
}

async function discover(
  tx: Queries,
  companyId: number,
  channel: Extract<ChannelKey, { provider: "whatsapp_cloud" }>,
): Promise<void> {
  const externalId = channel.phoneNumberId ?? channel.wabaId;
  if (externalId === undefined) return;
  const displayPhone = channel.displayPhone ?? null;
  await tx.run(
    insertDiscovered({
      companyId,
      externalId,
      wabaId: channel.wabaId ?? null,
      displayPhone,
      name: displayPhone ?? `WhatsApp ${externalId}`,
      routeProvider: channel.phoneNumberId ? "whatsapp_cloud" : "whatsapp_waba",
    }),
  );
}

const selectRoutes = prepared<{ providers: string[]; externalIds: string[] }>()(
  (_db, arg) => sql<RouteRow>`
    select r.provider, r.external_id, r.company_id, r.channel_account_id
    from channel_routes r join unnest(${arg("providers")}::text[], ${arg("externalIds")}::text[]) as n (provider, external_id)
      on n.provider = r.provider and n.external_id = r.external_id`,
);

const selectCompanies = prepared<object>()(
  () => sql<{ id: number }>`select id from companies where not is_demo limit 2`,
);

const insertDiscovered = prepared<{
  companyId: number;
  externalId: string;
  wabaId: string | null;
  displayPhone: string | null;
  name: string;
  routeProvider: string;
}>()(
  (_db, arg) => sql<never>`
    with account as (
      insert into channel_accounts (company_id, provider, name, external_id, waba_id, display_phone, status)
      values (${arg("companyId")}::bigint, 'whatsapp_cloud', ${arg("name")}::text, ${arg("externalId")}::text, ${arg("wabaId")}::text,
        ${arg("displayPhone")}::text, 'discovered')
      on conflict (company_id, provider, external_id) do update set updated_at = now()
      returning company_id, id
    )
    insert into channel_routes (provider, external_id, company_id, channel_account_id)
    select ${arg("routeProvider")}::text, ${arg("externalId")}::text, company_id, id from account
    on conflict (provider, external_id) do nothing`,
);

const insertGateway = prepared<{ companyId: number; instance: string }>()(
  (_db, arg) => sql<never>`
    with account as (
      insert into channel_accounts (company_id, provider, name, external_id)
      values (${arg("companyId")}::bigint, 'whatsapp_gateway', ${arg("instance")}::text, ${arg("instance")}::text)
      on conflict (company_id, provider, external_id) do update set updated_at = now()
      returning company_id, id
    )
    insert into channel_routes (provider, external_id, company_id, channel_account_id)
    select 'whatsapp_gateway', company_id || ':' || ${arg("instance")}::text, company_id, id from account
    on conflict (provider, external_id) do nothing`,
);
