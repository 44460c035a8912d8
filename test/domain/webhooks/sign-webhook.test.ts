import { existsSync, readFileSync } from "node:fs";
import { Webhook as Verifier } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signWebhook } from "../../../server/domain/webhooks/sign-webhook.ts";
import { newWebhookSecret, signingKey } from "../../../server/domain/webhooks/webhook-secret.ts";
import { objectOf, textOf } from "../../../shared/json.ts";

const file = new URL("../../../../shared/fixtures/standard-webhooks/vectors.json", import.meta.url);

describe("a signature", () => {
  test.skipIf(!existsSync(file))("is that of the published vector (skipped where ../shared is absent)", () => {
    const vectors = objectOf(JSON.parse(readFileSync(file, "utf8")));
    const vector = objectOf(vectors?.sign_vector);
    const [id, body] = [textOf(vector?.msg_id) ?? "", textOf(vector?.payload) ?? ""];
    const at = new Date(Number(vector?.timestamp) * 1000);
    const secret = textOf(vector?.secret) ?? "";
    for (const spelling of [secret, secret.replace("whsec_", "")]) {
      expect(signWebhook({ id, at, body }, [spelling])).toEqual({
        "webhook-id": id,
        "webhook-timestamp": textOf(vector?.timestamp),
        "webhook-signature": textOf(vector?.expected),
      });
    }
  });

  test("is accepted by an independent verifier, by either secret of a rotation, within five minutes", () => {
    const [old, fresh] = [newWebhookSecret(), newWebhookSecret()];
    const body = '{"type":"contact.created","data":{"name":"Zoë"}}';
    const sign = (at: Date) => signWebhook({ id: "evt_1", at, body }, [fresh, old]);
    const headers = sign(new Date());
    for (const secret of [old, fresh]) expect(new Verifier(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Verifier(newWebhookSecret()).verify(body, headers)).toThrow();
    expect(() => new Verifier(old).verify(`${body} `, headers)).toThrow();
    for (const shift of [-301_000, 301_000])
      expect(() => new Verifier(old).verify(body, sign(new Date(Date.now() + shift)))).toThrow();
  });

  test.each(["", "whsec_"])("is refused with the empty secret %j", (secret) => {
    expect(() => signingKey(secret)).toThrow("must not be empty");
  });

  test("comes from a secret of 32 random bytes", () => {
    expect(newWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newWebhookSecret()).not.toBe(newWebhookSecret());
  });
});
