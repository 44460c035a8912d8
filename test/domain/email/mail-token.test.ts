import { expect, test } from "vitest";
import { mailTokens } from "../../../server/domain/email/tracking/mail-token.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const tokens = mailTokens("a secret of this test", "link");

test("a name in a mail has one spelling: no other last letter is taken for it", () => {
  const token = { companyId: 7, id: 12 };
  const written = tokens.write(token);
  const read = letters
    .split("")
    .map((letter) => `${written.slice(0, -1)}${letter}`)
    .filter((text) => tokens.read(text));
  expect(read).toEqual([written]);
  expect(tokens.read(written)).toEqual(token);
});

test("a name of one purpose or secret means nothing to another", () => {
  const written = tokens.write({ companyId: 7, id: 12 });
  expect(mailTokens("a secret of this test", "unsubscribe").read(written)).toBeUndefined();
  expect(mailTokens("another secret", "link").read(written)).toBeUndefined();
});
