import { hash } from "@node-rs/argon2";
import { describe, expect, test } from "vitest";
import { createHashQueue } from "../../../server/domain/accounts/hash-queue.ts";
import { hashPassword, needsRehash, verifyPassword } from "../../../server/domain/accounts/password-hash.ts";
import { checkPassword } from "../../../server/domain/accounts/password-rules.ts";

describe("a password's hash", () => {
  test("is Argon2id with the chosen cost", async () => {
    expect(await hashPassword("a long enough one")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("knows the password in either composition of its accents", async () => {
    const passwordHash = await hashPassword("caf\u00e9 au lait");
    expect(await verifyPassword(passwordHash, "cafe\u0301 au lait")).toBe(true);
    expect(await verifyPassword(passwordHash, "cafe au lait")).toBe(false);
  });

  test("that is missing matches nothing", async () => {
    expect(await verifyPassword(null, "anything at all")).toBe(false);
  });

  test("made with other parameters wants a new one", async () => {
    expect(needsRehash(await hash("x", { memoryCost: 8_192, timeCost: 1, parallelism: 1 }))).toBe(true);
    expect(needsRehash(await hashPassword("x"))).toBe(false);
  });
});

describe("the hash queue", () => {
  test("runs two at a time, lets some wait and turns the rest away", async () => {
    const inTurn = createHashQueue(2, 3);
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
    let running = 0;
    let most = 0;
    const all = gates.map(({ promise }) =>
      inTurn(async () => {
        running += 1;
        most = Math.max(most, running);
        await promise;
        running -= 1;
        return "done";
      }),
    );
    const outcomes = Promise.allSettled(all);
    for (const gate of gates) gate.resolve();
    const states = (await outcomes).map((outcome) =>
      outcome.status === "rejected" ? outcome.reason.refusal.kind : outcome.value,
    );
    expect(states).toEqual(["done", "done", "done", "done", "done", "rate_limited"]);
    expect(most).toBe(2);
  });

  test("goes on after a failure", async () => {
    const inTurn = createHashQueue(1, 1);
    await expect(inTurn(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await inTurn(async () => 1)).toBe(1);
  });
});

describe("a chosen password", () => {
  test.each([
    "short",
    "1234567",
    "x".repeat(1025),
    "password",
    "Password123",
    "P@ssw0rd!",
    "12345678",
    "87654321",
    "1234567890",
    "abcdefgh",
    "aaaaaaaa",
    "12121212",
    "11223344",
    "qwertyuiop",
    "zoe.lee@example.com",
  ])("%.20s is refused", (password) => {
    expect(() => checkPassword(password, "zoe.lee@example.com")).toThrow();
  });

  test.each(["tangled-otter-9", "ünïcödé wörds", "tangled otter ".repeat(73), "😀😀abcdef"])(
    "%.20s is accepted",
    (password) => {
      expect(() => checkPassword(password, "zoe.lee@example.com")).not.toThrow();
    },
  );
});
