import { expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getEmail } from "../../../server/domain/email/get-email.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { unsubscribe } from "../../../server/domain/email/unsubscribe.ts";
import { changeConsent } from "../../../server/domain/policy/consents.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany();
const c = ctx(companyId);
let people = 0;

/** Somebody for whom an offer by mail waits. */
async function offered() {
  people += 1;
  const phone = `49151100000${people}`;
  const { id } = await createContact(c, { name: "Ana", phone: `+${phone}`, email: `ana${people}@sol.example` });
  const { messageId } = await sendEmail(c, { contactId: id, subject: "Offer", body: "Buy", purpose: "marketing" });
  const answer = await sendEmail(c, { contactId: id, subject: "Your question", body: "At ten", origin: "user" });
  const status = async (message: number) => (await getEmail(c, message)).status;
  return { id, phone, messageId, offer: () => status(messageId), answer: () => status(answer.messageId) };
}

test("STOP by WhatsApp takes back no mail", async () => {
  const ana = await offered();
  await deliver(db, textBody({ phone: ana.phone, text: "STOP", phoneNumberId: `sim-${companyId}` }));
  expect(await ana.offer()).toBe("queued");
});

test.each([["by their own click"], ["by hand"]])(
  "leaving marketing mails %s takes back those that wait",
  async (how) => {
    const ana = await offered();
    const word = { channel: "email", purpose: "marketing", state: "withdrawn", source: "call", evidence: "" } as const;
    if (how === "by hand") await changeConsent(c, ana.id, word);
    else await unsubscribe(c, ana.messageId);
    expect(await ana.offer()).toBe("cancelled");
    expect(await ana.answer()).toBe("queued");
  },
);

test("a refusal of WhatsApp marketing takes back no mail", async () => {
  const ana = await offered();
  await changeConsent(c, ana.id, {
    ...{ channel: "whatsapp", purpose: "marketing", state: "withdrawn", source: "call", evidence: "" },
  });
  expect(await ana.offer()).toBe("queued");
});
