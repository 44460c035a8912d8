import { expect, test } from "vitest";
import { type Jid, parseJid, underscoreJid } from "../../../shared/phone/jid.ts";

const person: Jid = { kind: "phone", e164: "+919876543210", digits: "919876543210" };

test.each<[string, Jid]>([
  ["919876543210@s.whatsapp.net", person],
  ["919876543210:12@s.whatsapp.net", person],
  ["919876543210.1:12@s.whatsapp.net", person],
  ["919876543210@c.us", person],
  ["919876543210_s_whatsapp_net", person],
  ["917033009600_s_whatsapp_net", { kind: "phone", e164: "+917033009600", digits: "917033009600" }],
  ["123456789012345@lid", { kind: "hidden", jid: "123456789012345@lid" }],
  ["123456789012345:7@lid", { kind: "hidden", jid: "123456789012345@lid" }],
  ["123456789012345:99@hosted.lid", { kind: "hidden", jid: "123456789012345@lid" }],
  ["123456789012345_lid", { kind: "hidden", jid: "123456789012345@lid" }],
  ["120363021234567890@g.us", { kind: "group", jid: "120363021234567890@g.us" }],
  ["919876543210-1400000000@g.us", { kind: "group", jid: "919876543210-1400000000@g.us" }],
  ["919876543210_1400000000_g_us", { kind: "group", jid: "919876543210-1400000000@g.us" }],
  ["status@broadcast", { kind: "other", server: "broadcast" }],
  ["120363021234567890@newsletter", { kind: "other", server: "newsletter" }],
  ["0@s.whatsapp.net", { kind: "other", server: "s.whatsapp.net" }],
  ["ana@sol.mx", { kind: "other", server: "sol.mx" }],
  ["919876543210", { kind: "other", server: "" }],
  ["", { kind: "other", server: "" }],
])("%s", (text, jid) => {
  expect(parseJid(text)).toEqual(jid);
});

test("the spelling with underscores reads back", () => {
  expect(underscoreJid("+919876543210")).toBe("919876543210_s_whatsapp_net");
  expect(parseJid(underscoreJid("+919876543210"))).toEqual(person);
});
