import { type ChannelCredentials, channelCredentials } from "../../domain/channels/channel-credentials.ts";
import { listChannelAccounts } from "../../domain/channels/list-channel-accounts.ts";
import type { Ctx } from "../../domain/context.ts";
import { DomainError, invalid, notFound } from "../../domain/domain-error.ts";
import { accessTokenOf } from "./access-token.ts";
import type { GraphAccess } from "./ask-graph.ts";
import type { GraphTransport } from "./graph-transport.ts";

export type TemplateDeps = {
  transportOf: (provider: string) => GraphTransport | undefined;
  encryptionKey: string;
};

export type TemplateAccount = { wabaId: string; access: GraphAccess };

/** The account whose templates are meant, with a way to it. */
export async function templateAccount(
  ctx: Ctx,
  deps: TemplateDeps,
  channelAccountId: number,
): Promise<TemplateAccount> {
  return accessTo(deps, await channelCredentials(ctx, channelAccountId));
}

/** The company's only account; where there are several, somebody has to say which. */
export async function onlyTemplateAccount(ctx: Ctx, deps: TemplateDeps): Promise<TemplateAccount> {
  const numbers = (await listChannelAccounts(ctx)).filter(({ wabaId }) => wabaId !== null);
  const [number] = numbers;
  if (!number) throw invalid("channelAccountId", "There is no WhatsApp account whose templates could be read.");
  if (new Set(numbers.map(({ wabaId }) => wabaId)).size === 1) return templateAccount(ctx, deps, number.id);
  const names = numbers.slice(0, 10).map(({ id, name }) => `${id} (${name})`);
  throw invalid(
    "channelAccountId",
    `The company has several WhatsApp accounts: name one by channel_account_id: ${names.join(", ")}.`,
  );
}

/** The same by the account's own id: any of its numbers will do. */
export async function templateAccountOf(ctx: Ctx, deps: TemplateDeps, wabaId: string | null): Promise<TemplateAccount> {
  const number = (await listChannelAccounts(ctx)).find((account) => wabaId !== null && account.wabaId === wabaId);
  if (!number) throw notFound("channel account");
  return templateAccount(ctx, deps, number.id);
}

export function accessTo(deps: TemplateDeps, account: ChannelCredentials): TemplateAccount {
  const transport = deps.transportOf(account.provider);
  const { wabaId } = account;
  if (!transport || wabaId === null)
    throw new DomainError({ kind: "conflict", message: "This channel has no templates." });
  const token = accessTokenOf(account, deps.encryptionKey);
  if (!token.ok) throw new DomainError({ kind: "conflict", message: token.outcome.error.details });
  return { wabaId, access: { transport, accessToken: token.accessToken } };
}
