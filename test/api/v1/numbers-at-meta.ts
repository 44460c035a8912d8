import { expect } from "vitest";
import { openChannels } from "../../../server/channels/registry.ts";
import { memberOf } from "../../factories/people.ts";
import { graphServer } from "../../fakes/graph-server.ts";
import { rows } from "../../harness/rows.ts";
import { testApp, testAppSecret, testEncryptionKey } from "../../harness/test-app.ts";

/** An app beside a fake of Meta's Graph API, whose company has an admin and connects numbers there. */
export async function numbersAtMeta() {
  const graph = await graphServer();
  const harness = await testApp({ graphUrl: graph.url });
  const { app, db, companyId, dataDir } = harness;
  const admin = await harness.headers();
  await memberOf(db, companyId, "admin");

  let number = 500;

  /** An account with one number at Meta; the business's id and the token's end as said. */
  function atMeta({ business = "900", expiresAt = 0, status = "CONNECTED" } = {}) {
    number += 1;
    const phone = `10${number}`;
    const waba = `20${number}`;
    graph.on(`GET /${phone}`, () => ({
      body: {
        id: phone,
        display_phone_number: "+1 555-010-0000",
        verified_name: "Nora's Flowers",
        quality_rating: "GREEN",
        code_verification_status: "VERIFIED",
        name_status: "APPROVED",
        status,
        platform_type: status === "CONNECTED" ? "CLOUD_API" : "NOT_APPLICABLE",
        throughput: { level: "STANDARD" },
        whatsapp_business_manager_messaging_limit: "TIER_2K",
      },
    }));
    graph.on(`GET /${waba}/phone_numbers`, () => ({ body: { data: [{ id: phone }] } }));
    graph.on(`GET /${waba}`, () => ({
      body: { id: waba, ...(business ? { owner_business_info: { id: business } } : {}) },
    }));
    graph.on(`POST /${waba}/subscribed_apps`, () => ({ body: { success: true } }));
    graph.on(`DELETE /${waba}/subscribed_apps`, () => ({ body: { success: true } }));
    graph.on(`GET /${waba}/subscribed_apps`, () => ({
      body: { data: [{ whatsapp_business_api_data: { id: "1000" } }] },
    }));
    graph.on("GET /debug_token", () => ({ body: { data: { is_valid: true, expires_at: expiresAt } } }));
    return { phone, waba };
  }

  const connect = (payload: object, headers = admin) =>
    app.inject({ method: "POST", url: "/v1/channel-accounts", headers, payload });

  async function connected(options: Parameters<typeof atMeta>[0] = {}) {
    const { phone, waba } = atMeta(options);
    const answer = await connect({ phone_number_id: phone, waba_id: waba, access_token: `token-${phone}` });
    expect(answer.statusCode, answer.body).toBe(201);
    const body: { id: number } = answer.json();
    return { phone, waba, id: body.id };
  }

  const opened = openChannels({ db, encryptionKey: testEncryptionKey, appSecret: "s", graphUrl: graph.url, dataDir });
  const watch = {
    transportOf: opened.transportOf,
    encryptionKey: testEncryptionKey,
    app: { id: "1000", secret: testAppSecret },
    onError: (_what: string, error: unknown) => {
      throw error;
    },
  };

  const get = async (id: number) =>
    (await app.inject({ method: "GET", url: `/v1/channel-accounts/${id}`, headers: admin })).json();
  const notices = (id: number) =>
    rows<{ kind: string }>(db, `select kind from notifications where dedupe_key like 'channel:${id}:%'`);
  return { ...harness, graph, admin, atMeta, connect, connected, opened, watch, get, notices };
}
