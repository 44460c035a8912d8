import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signBody, verifyChallenge, verifySignature } from "../../../server/channels/whatsapp-cloud/signature.ts";

const secret = "app-secret";

describe("verifySignature", () => {
  // As Meta sends it: non-ASCII and slashes escaped, and a trailing newline that parsing would lose.
  const raw = Buffer.from('{"text":"caf\\u00e9 \\ud83d\\ude00","url":"https:\\/\\/example.com"}\n', "utf8");

  test("accepts the signature over the bytes as sent", () => {
    const expected = `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;
    expect(signBody(secret, raw)).toBe(expected);
    expect(verifySignature(secret, raw, expected)).toBe(true);
    expect(verifySignature(secret, raw, ` ${expected.toUpperCase().replace("SHA256", "sha256")}`)).toBe(true);
  });

  test("refuses the signature of the re-serialised body", () => {
    const serialised = Buffer.from(JSON.stringify(JSON.parse(raw.toString("utf8"))));
    expect(verifySignature(secret, raw, signBody(secret, serialised))).toBe(false);
  });

  test("agrees with RFC 4231, test case 2", () => {
    const expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    expect(signBody("Jefe", Buffer.from("what do ya want for nothing?"))).toBe(expected);
  });

  test.each([
    ["nothing", undefined],
    ["an empty header", ""],
    ["sha1 only", "sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["too few digits", "sha256=abc"],
    ["no digits", `sha256=${"z".repeat(64)}`],
    ["another secret", signBody("other", raw)],
    ["a list of signatures", `${signBody(secret, raw)},${signBody(secret, raw)}`],
  ])("refuses %s", (_name, header) => {
    expect(verifySignature(secret, raw, header)).toBe(false);
  });

  test("refuses everything while no secret is set", () => {
    expect(verifySignature("", raw, signBody("", raw))).toBe(false);
  });

  test("takes 3 MB and an empty body", () => {
    const large = Buffer.alloc(3_000_000, "é");
    expect(verifySignature(secret, large, signBody(secret, large))).toBe(true);
    expect(verifySignature(secret, Buffer.alloc(0), signBody(secret, ""))).toBe(true);
  });
});

describe("verifyChallenge", () => {
  const query = { "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "meatyhamhock" };

  test("gives the challenge back as it came", () => {
    expect(verifyChallenge(query, "meatyhamhock")).toBe("1158201444");
    expect(verifyChallenge({ ...query, "hub.challenge": "00a b" }, "meatyhamhock")).toBe("00a b");
  });

  test.each([
    ["a wrong token", { ...query, "hub.verify_token": "meatyhamhoc" }],
    ["no token", { ...query, "hub.verify_token": undefined }],
    ["no challenge", { ...query, "hub.challenge": undefined }],
    ["another mode", { ...query, "hub.mode": "unsubscribe" }],
    ["a repeated token", { ...query, "hub.verify_token": ["meatyhamhock", "x"] }],
    ["a repeated challenge", { ...query, "hub.challenge": ["1", "2"] }],
    ["nested keys", { hub: { mode: "subscribe", challenge: "1", verify_token: "meatyhamhock" } }],
  ])("refuses %s", (_name, wrong) => {
    expect(verifyChallenge(wrong, "meatyhamhock")).toBeUndefined();
  });

  test("refuses everything while no token is set", () => {
    expect(verifyChallenge({ ...query, "hub.verify_token": "" }, "")).toBeUndefined();
  });
});
