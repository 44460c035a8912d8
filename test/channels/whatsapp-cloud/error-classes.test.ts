import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { classOfError } from "../../../server/channels/whatsapp-cloud/error-classes.ts";
import { graphError, refusedOutcome, retryAfterOf } from "../../../server/channels/whatsapp-cloud/graph-error.ts";
import { jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";

const fixtures = fileURLToPath(new URL("../../../../shared/fixtures/", import.meta.url));
const codesFile = `${fixtures}meta-error-codes/error-codes.json`;
const responses = `${fixtures}meta-openapi/examples/requests/`;

/** Their word for it, where ours is another one. */
const ourWord: Record<string, string> = {
  retry_pair_backoff: "retry_pair",
  retry_10min: "wait_10min",
  wait_long: "wait_24h",
  // Nothing of a send: a customer's file or message that Meta could not hand over.
  inbound_media_failed: "never",
  inbound_unavailable: "never",
};

describe.skipIf(!existsSync(codesFile))("Meta's error codes (skipped where ../shared is absent)", () => {
  const codes = existsSync(codesFile) ? listOf(objectOf(JSON.parse(readFileSync(codesFile, "utf8")))?.codes) : [];
  for (const item of codes.map((code) => objectOf(code) ?? {})) {
    const suggested = textOf(item.suggested_class) ?? "";
    test(`${textOf(item.code)} ${textOf(item.title)} is ${suggested}`, () => {
      const wanted = ourWord[suggested] ?? suggested;
      const [from = 0, to = from] = (textOf(item.code) ?? "").split("-").map(Number);
      for (const code of [from, to]) expect(classOfError({ code })).toBe(wanted);
    });
  }

  test("of every refusal in the examples is as its code says, whatever the HTTP status", () => {
    const files = readdirSync(responses).filter((name) => /_res[45]\d\d_/.test(name));
    expect(files.length).toBeGreaterThan(60);
    for (const name of files) {
      const body = jsonOf(JSON.parse(readFileSync(`${responses}${name}`, "utf8")));
      const status = Number(/_res(\d{3})_/.exec(name)?.[1]);
      const error = graphError({ status, headers: {}, body });
      expect(error?.class, name).toBe(classOfError({ code: error?.code ?? null }));
      const wanted = { 4: "retry_backoff", 17: "retry_backoff", 80007: "retry_backoff", 190: "account_auth" }[
        error?.code ?? 0
      ];
      if (wanted) expect(error?.class, name).toBe(wanted);
    }
  });
});

describe("a code nobody knows", () => {
  test.each([
    [{ code: 250 }, "account_auth"],
    [{ code: 132999 }, "never"],
    [{ code: 133777 }, "account_setup"],
    [{ code: 80004 }, "retry_backoff"],
    [{ code: 139999, isTransient: true, httpStatus: 400 }, "retry_backoff"],
    [{ code: 139999, httpStatus: 429 }, "retry_backoff"],
    [{ code: 139999, httpStatus: 500 }, "retry_few"],
    [{ code: 139999, httpStatus: 401 }, "account_auth"],
    [{ code: 139999, httpStatus: 400 }, "never"],
    [{ code: null }, "never"],
  ] as const)("is read by range, then by is_transient, then by the status: %j", (signs, wanted) => {
    expect(classOfError(signs)).toBe(wanted);
  });
});

describe("a refusal", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const answer = (headers: Record<string, string>) => ({ status: 429, headers, body: { error: { code: 4 } } });

  test("says when to come back: seconds, a date, or the usage header's minutes", () => {
    expect(retryAfterOf(answer({ "retry-after": "17" }), now)).toBe(17);
    expect(retryAfterOf(answer({ "retry-after": "Sat, 21 Nov 2026 12:02:00 GMT" }), now)).toBe(120);
    const usage = '{"1":[{"call_count":100,"estimated_time_to_regain_access":3}]}';
    expect(retryAfterOf(answer({ "x-business-use-case-usage": usage }), now)).toBe(180);
    expect(retryAfterOf(answer({ "retry-after": "soon" }), now)).toBeUndefined();
    expect(retryAfterOf(answer({}), now)).toBeUndefined();
  });

  test("of 5xx that names no cause may hide an accepted message; one that names it does not", () => {
    expect(refusedOutcome({ status: 502, headers: {}, body: null }, now)).toMatchObject({ kind: "unknown" });
    expect(refusedOutcome({ status: 500, headers: {}, body: { error: { code: 131000 } } }, now)).toMatchObject({
      kind: "unknown",
    });
    expect(refusedOutcome({ status: 500, headers: {}, body: { error: { code: 131057 } } }, now)).toMatchObject({
      kind: "refused",
      error: { class: "retry_backoff" },
    });
    expect(refusedOutcome({ status: 400, headers: {}, body: { error: { code: 131000 } } }, now)).toMatchObject({
      kind: "refused",
      error: { class: "retry_few" },
    });
  });
});
