import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openSecret, SealError, sealSecret } from "../../../server/domain/accounts/seal-secret.ts";

const key = randomBytes(32).toString("base64url");

test.each(["", "EAAG token", "пароль 🔑", "x".repeat(100_000)])("what was sealed opens again: %.20s", (plain) => {
  expect(openSecret(key, sealSecret(key, plain))).toBe(plain);
});

test("two seals of the same secret differ and name their key", () => {
  const [first, second] = [sealSecret(key, "secret"), sealSecret(key, "secret")];
  expect(first).toMatch(/^v1\.[\w-]{8}\.[\w-]+$/);
  expect(first).not.toBe(second);
  expect(first.split(".")[1]).toBe(second.split(".")[1]);
});

test("another key is refused by name", () => {
  expect(() => openSecret(randomBytes(32).toString("base64url"), sealSecret(key, "secret"))).toThrow(
    "The secret was sealed with another key.",
  );
});

test("a changed, shortened or moved seal does not open", () => {
  const [version, id, text = ""] = sealSecret(key, "secret", "channel 1").split(".");
  const bytes = Buffer.from(text, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => openSecret(key, `${version}.${id}.${changed.toString("base64url")}`, "channel 1"), String(at)).toThrow(
      SealError,
    );
  }
  for (const length of [0, 10, 28, bytes.length - 1]) {
    const shortened = bytes.subarray(0, length).toString("base64url");
    expect(() => openSecret(key, `${version}.${id}.${shortened}`, "channel 1")).toThrow(SealError);
  }
  expect(() => openSecret(key, `${version}.${id}.${text}`, "channel 2")).toThrow(SealError);
  expect(openSecret(key, `${version}.${id}.${text}`, "channel 1")).toBe("secret");
});

test.each(["", "secret", "v2.a.b", "v1.a", "v1.a.b.c"])("what is no seal is refused: %s", (text) => {
  expect(() => openSecret(key, text)).toThrow(SealError);
});

test("a key of another length is refused", () => {
  expect(() => sealSecret("c2hvcnQ", "secret")).toThrow("The encryption key is not 32 bytes long.");
});
