import { describe, expect, test } from "vitest";
import { isMaskedPhone, maskedInText, maskPhone, maskPhones } from "../../../shared/phone/mask-phones.ts";

describe("a hidden number", () => {
  test.each([
    ["+5511987651234", "+55 ••••• 1234"],
    ["5511987651234", "+55 ••••• 1234"],
    ["+1 415-555-0123", "+1 ••••• 0123"],
    ["+4930901", "+49 ••••• 01"],
  ])("of %s keeps its country and its end: %s", (written, shown) => {
    expect(maskPhone(written)).toBe(shown);
    expect(isMaskedPhone(shown)).toBe(true);
  });

  test("is hidden once: hiding it again changes nothing", () => {
    const once = maskPhones({ phone: "+5511987651234", note: "call +55 11 98765-1234" });
    expect(maskPhones(once)).toEqual(once);
  });
});

describe("an answer for somebody who may not see numbers", () => {
  test.each([
    ["a field named for it", { phone_number: "+5511987651234", waId: "5511987651234", mobile: "(11) 98765-1234" }],
    ["a person's ids", { identities: [{ kind: "wa_id", value: "5511987651234" }] }],
    ["a chat's id", { chat: "5511987651234@s.whatsapp.net", provider: "false_5511987651234@c.us_3EB0" }],
    ["a name that is only the number", { name: "5511987651234" }],
    ["a text", { text: "my number is +55 (11) 98765-1234, or 5511987651234." }],
    ["a link", { text: "write to wa.me/+5511987651234" }],
  ])("has none in %s", (_where, answer) => {
    const shown = JSON.stringify(maskPhones(answer)).replace(/[\s().-]/g, "");
    expect(shown).not.toContain("987651234");
    expect(shown).toContain("•••••");
  });

  test("has no id at WhatsApp from which the number can be read", () => {
    const id = `wamid.${Buffer.from("HBgN5511987651234FQIA").toString("base64")}`;
    expect(maskPhones({ provider_id: id })).toEqual({ provider_id: `wamid.•••••${id.slice(-6)}` });
  });

  test("keeps what is nobody's number: ids, times, sums, codes, links", () => {
    const answer = {
      id: "1234567890123",
      phone_number_id: "106540352242922",
      created_at: "2026-11-21T10:30:00.123Z",
      from: "2026-11-21",
      value: "1500.00",
      amount: "12345678901",
      next_cursor: "MTIzNDU2Nzg5MDEyMzQ1",
      sha256: "12345678901234567890123456789012",
      url: "https://example.test/v1/media/12345678901",
      request_id: "12345678-1234-4234-8234-123456789012",
      text: "order 123456, room 42, 2026-11-21 at 10:30, version 1.2.3",
      count: 5511987651234,
    };
    expect(maskPhones(answer)).toEqual(answer);
  });

  test("has none in a text without fields either", () => {
    expect(maskedInText('Ana,"+5511987651234",x\n')).toBe('Ana,"+55 ••••• 1234",x\n');
  });
});
