import { expect, test } from "vitest";
import { completedBy, contactBook } from "../../../server/channels/whatsapp-cloud/contact-book.ts";
import { isNamed, personKeys, phoneDigits } from "../../../server/channels/whatsapp-cloud/person-keys.ts";

test.each([
  ["16505550100", "16505550100"],
  ["+1 (650) 555-0100", "16505550100"],
  [16505550100, "16505550100"],
  ["1234", undefined],
  ["US.1001", undefined],
  ["<WHATSAPP_USER_PHONE_NUMBER>", undefined],
  ["5".repeat(31), undefined],
  [null, undefined],
  [{}, undefined],
])("the digits of %j are %j", (value, digits) => {
  expect(phoneDigits(value)).toBe(digits);
});

test("a number that cannot be E.164 is an id and no phone", () => {
  expect(personKeys({ phone: "12345" })).toStrictEqual({ waId: "12345" });
  expect(personKeys({ phone: "1234567890123456" })).toStrictEqual({ waId: "1234567890123456" });
});

test("keys too long for an index are left out, names are shortened between characters", () => {
  expect(personKeys({ userId: "U".repeat(257), username: "@", parentUserId: " " })).toStrictEqual({});
  const name = personKeys({ profileName: "😀".repeat(400) }).profileName;
  expect(name).toBe("😀".repeat(256));
});

test("a name alone identifies nobody", () => {
  expect(isNamed({ profileName: "Ada", parentUserId: "US.ENT.1" })).toBe(false);
  expect(isNamed({ username: "ada" })).toBe(true);
});

test("contacts complete a person by user id before number, and never replace a key", () => {
  const book = contactBook([
    { wa_id: "16505550100", profile: { name: "By number" } },
    { user_id: "US.1", wa_id: "16505550111", profile: { name: "By id" } },
  ]);
  const person = { waId: "16505550100", userId: "US.1" };
  expect(completedBy(book, person)).toMatchObject({ ...person, profileName: "By id" });
  expect(completedBy(book, { userId: "US.2" })).toStrictEqual({ userId: "US.2" });
});

test("contacts of any shape make a book", () => {
  for (const contacts of [undefined, null, "x", [null], [{ profile: null }], { wa_id: "16505550100" }]) {
    expect(() => contactBook(contacts)).not.toThrow();
  }
  expect(completedBy(contactBook({ wa_id: "16505550100" }), {})).toMatchObject({ waId: "16505550100" });
});
