import { describe, expect, test } from "vitest";
import { signBody } from "../../../server/channels/whatsapp-cloud/signature.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { count } from "../../harness/rows.ts";
import { testApp, testAppSecret, testVerifyToken } from "../../harness/test-app.ts";

const { app, db } = await testApp();

function post(payload: string | Buffer, signature = signBody(testAppSecret, payload)) {
  return app.inject({
    method: "POST",
    url: "/hooks/whatsapp",
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
    payload,
  });
}

describe("the handshake", () => {
  const url = (token: string) =>
    `/hooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${encodeURIComponent(token)}`;

  test("answers with the bare challenge", async () => {
    const answer = await app.inject(url(testVerifyToken));
    expect([answer.statusCode, answer.body]).toEqual([200, "1158201444"]);
    expect(answer.headers["content-type"]).toContain("text/plain");
  });

  test("refuses another token", async () => {
    expect((await app.inject(url("meatyhamhock"))).statusCode).toBe(403);
    expect((await app.inject("/hooks/whatsapp")).statusCode).toBe(403);
  });

  test("lets nobody guess for long", async () => {
    const guesses = Array.from({ length: 60 }, (_, index) => app.inject(url(`guess ${index}`)));
    const codes = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(10);
    expect((await app.inject(url(testVerifyToken))).statusCode).toBe(200);
  });
});

describe("a webhook", () => {
  test("is checked over its raw bytes, escaped as Meta does", async () => {
    const payload = JSON.stringify(textBody({ text: "Grüße/ünïcode 😀" })).replace(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    expect((await post(payload)).statusCode).toBe(200);
    expect((await post(payload.replace("Gr", "gr"), signBody(testAppSecret, payload))).statusCode).toBe(401);
    expect((await post(payload, "")).statusCode).toBe(401);
    expect((await post(payload, "sha256=zz")).statusCode).toBe(401);
  });

  test("of 3 MB with a thousand messages is taken", async () => {
    const { entry, object } = textBody({ text: "x" });
    const padding = "y".repeat(3 * 1024 * 1024 - 2_000);
    const answer = await post(JSON.stringify({ object, entry, padding }));
    expect(answer.statusCode).toBe(200);
  });

  test("that is not JSON, or says nothing known, is stored and answered 200", async () => {
    const before = await count(db, "inbound_deliveries");
    for (const payload of ["", "not json", "[]", '{"object":"page"}', "\u0000", "{".repeat(100_000)])
      expect((await post(payload)).statusCode).toBe(200);
    expect(await count(db, "inbound_deliveries")).toBe(before + 6);
  });

  test("whatever content type it claims, and with compression refused plainly", async () => {
    const payload = JSON.stringify(textBody({ text: "x" }));
    const headers = { "x-hub-signature-256": signBody(testAppSecret, payload), "content-type": "text/plain" };
    expect((await app.inject({ method: "POST", url: "/hooks/whatsapp/", headers, payload })).statusCode).toBe(200);
    const strange = { ...headers, "content-type": "////;;;" };
    expect((await app.inject({ method: "POST", url: "/hooks/whatsapp", headers: strange, payload })).statusCode).toBe(
      200,
    );
  });
});
