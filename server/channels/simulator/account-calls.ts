import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import type { SimulatedAccount } from "../../domain/simulator/simulated-account.ts";
import type { GraphAnswer, GraphRequest } from "../whatsapp-cloud/graph-transport.ts";
import { type GraphCall, missing, notValid, ok } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";

const appId = "100000000000001";
const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];

/** GET /{phone} or /{account}: the simulated one is both. Only the fields that were asked for. */
export function describeAccount({ account, request }: GraphCall): GraphAnswer {
  const all = { ...numberFields(account), ...accountFields(account) };
  const asked = request.query?.fields?.split(",").map((field) => field.trim());
  if (asked === undefined) return ok(numberFields(account));
  const fields = Object.entries(all).filter(([name]) => name === "id" || asked.includes(name));
  return ok(jsonOf(Object.fromEntries(fields)));
}

export function listNumbers({ account }: GraphCall): GraphAnswer {
  const cursor = Buffer.from(account.phoneNumberId).toString("base64url");
  return ok({ data: [numberFields(account)], paging: { cursors: { before: cursor, after: cursor } } });
}

/** GET, POST and DELETE /{account}/subscribed_apps. */
export function subscribedApps({ request }: GraphCall): GraphAnswer {
  if (request.method !== "GET") return ok({ success: true });
  const whatsapp_business_api_data = { id: appId, name: "Rapport", link: "https://www.facebook.com/games/?app_id=1" };
  return ok({ data: [{ whatsapp_business_api_data }] });
}

export function registerNumber({ request }: GraphCall): GraphAnswer {
  const body = objectOf(request.body) ?? {};
  const pin = textOf(body.pin);
  if (body.messaging_product !== "whatsapp")
    throw new GraphRefusal(100, "(#100) The parameter messaging_product is required.");
  if (pin === undefined) throw missing("pin");
  if (!/^\d{6}$/.test(pin)) throw notValid("pin must have six digits");
  return ok({ success: true });
}

/** A token of the simulator never expires, unless it was asked to have. */
export function debugToken(request: GraphRequest, isValid: { isValid: boolean }): GraphAnswer {
  const inputToken = request.query?.input_token;
  if (inputToken === undefined) throw missing("input_token");
  const target = /^simulated-(.+)$/.exec(inputToken)?.[1];
  return ok({
    data: {
      app_id: appId,
      type: "SYSTEM_USER",
      application: "Rapport",
      is_valid: isValid.isValid,
      expires_at: 0,
      data_access_expires_at: 0,
      scopes,
      granular_scopes: scopes.map((scope) => ({ scope, ...(target === undefined ? {} : { target_ids: [target] }) })),
      ...(isValid.isValid
        ? {}
        : { error: { code: 190, message: "Error validating access token: Session has expired", subcode: 463 } }),
    },
  });
}

/** Embedded Signup's code becomes a token; the code names the simulated account: "sim-1". */
export function exchangeCode(request: GraphRequest): GraphAnswer {
  const { client_id: clientId, client_secret: clientSecret, code } = request.query ?? {};
  if (clientId === undefined) throw missing("client_id");
  if (clientSecret === undefined) throw new GraphRefusal(1, "Error validating client secret.");
  if (code === undefined || code === "" || code === "expired")
    throw new GraphRefusal(100, "This authorization code has expired.", 36007);
  return ok({ access_token: `simulated-${code}`, token_type: "bearer" });
}

function numberFields(account: SimulatedAccount) {
  return {
    id: account.phoneNumberId,
    display_phone_number: account.displayPhone,
    verified_name: account.companyName,
    quality_rating: "GREEN",
    code_verification_status: "VERIFIED",
    name_status: "APPROVED",
    status: "CONNECTED",
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
    whatsapp_business_manager_messaging_limit: "TIER_2K",
    is_on_biz_app: false,
    account_mode: "LIVE",
  };
}

function accountFields(account: SimulatedAccount) {
  return {
    name: account.companyName,
    currency: "USD",
    timezone_id: "1",
    account_review_status: "APPROVED",
    business_verification_status: "verified",
    primary_funding_id: "1",
    owner_business_info: { name: account.companyName, id: `${account.wabaId}-business` },
    health_status: { can_send_message: "AVAILABLE", entities: [] },
  };
}
