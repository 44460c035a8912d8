import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { NumberFacts } from "../../domain/channels/note-sync.ts";
import { askGraph, type GraphAccess } from "./ask-graph.ts";

const numberFields = [
  "id",
  "display_phone_number",
  "verified_name",
  "quality_rating",
  "code_verification_status",
  "name_status",
  "status",
  "throughput",
  "platform_type",
  "is_on_biz_app",
  "whatsapp_business_manager_messaging_limit",
  "health_status",
].join(",");

export type NumberReport = {
  facts: Omit<NumberFacts, "businessId">;
  isRegistered: boolean;
  isConnected: boolean;
  /** AVAILABLE, LIMITED or BLOCKED; undefined where WhatsApp does not say. */
  canSend: string | undefined;
};

/** What WhatsApp knows of one number. */
export async function readNumber(access: GraphAccess, phoneNumberId: string): Promise<NumberReport> {
  const number = await askGraph(access, { method: "GET", path: `/${phoneNumberId}`, query: { fields: numberFields } });
  const verification = textOf(number.code_verification_status);
  const quality = textOf(number.quality_rating)?.toUpperCase();
  return {
    isConnected: number.status === "CONNECTED",
    canSend: textOf(objectOf(number.health_status)?.can_send_message)?.toUpperCase(),
    isRegistered: number.status === "CONNECTED" || number.platform_type === "CLOUD_API",
    facts: {
      displayPhone: textOf(number.display_phone_number) ?? null,
      verifiedName: textOf(number.verified_name) ?? null,
      nameStatus: textOf(number.name_status) ?? null,
      quality: quality === "NA" || quality === "UNKNOWN" ? null : (quality ?? null),
      isVerified: verification === undefined ? null : verification === "VERIFIED",
      messagingLimit: textOf(number.whatsapp_business_manager_messaging_limit) ?? null,
      platformType: textOf(number.platform_type) ?? null,
      throughputLevel: textOf(objectOf(number.throughput)?.level) ?? null,
      isOnBizApp: typeof number.is_on_biz_app === "boolean" ? number.is_on_biz_app : null,
    },
  };
}

/** The numbers of an account, over all pages. */
export async function numbersOfAccount(access: GraphAccess, wabaId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 50; page += 1) {
    const query = { fields: "id", limit: "100", ...(after === undefined ? {} : { after }) };
    const body = await askGraph(access, { method: "GET", path: `/${wabaId}/phone_numbers`, query });
    ids.push(...listOf(body.data).flatMap((item) => textOf(objectOf(item)?.id) ?? []));
    const paging = objectOf(body.paging);
    after = textOf(objectOf(paging?.cursors)?.after);
    if (paging?.next === undefined || after === undefined) break;
  }
  return ids;
}

export type AccountReport = { businessId: string | null; hasPayment: boolean };

/** Whose account it is, and whether somebody pays for it. */
export async function readAccount(access: GraphAccess, wabaId: string): Promise<AccountReport> {
  const query = { fields: "id,owner_business_info,primary_funding_id" };
  const account = await askGraph(access, { method: "GET", path: `/${wabaId}`, query });
  return {
    businessId: textOf(objectOf(account.owner_business_info)?.id) ?? null,
    hasPayment: textOf(account.primary_funding_id) !== undefined,
  };
}

export type TokenReport = { isValid: boolean; expiresAt: Date | null; why: string };

export type MetaApp = { id: string; secret: string };

/** What Meta says of a token. It wants to be asked with the app's own. */
export async function readToken({ transport, accessToken }: GraphAccess, app: MetaApp): Promise<TokenReport> {
  const body = await askGraph(
    { transport, accessToken: `${app.id}|${app.secret}` },
    { method: "GET", path: "/debug_token", query: { input_token: accessToken } },
  );
  const data = objectOf(body.data) ?? {};
  // Zero says never. The access to data may end before the token itself.
  const ends = [numberOf(data.expires_at), numberOf(data.data_access_expires_at)].filter(
    (end) => end !== undefined && end > 0,
  );
  return {
    isValid: data.is_valid === true,
    expiresAt: ends.length === 0 ? null : new Date(Math.min(...ends.map(Number)) * 1000),
    why: textOf(objectOf(data.error)?.message) ?? "Meta says that the token is not valid.",
  };
}
