import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

export const hello = { type: "text", text: { body: "Good morning" } };

/** Our own API, with people who have written and may be answered. */
export async function messagingApp() {
  const app = await v1App();
  const { db, caller } = app;
  let serial = 0;

  async function thread() {
    const me = await caller();
    return { me, ...(await person(me.companyId)) };
  }

  async function person(companyId: number) {
    serial += 1;
    await deliver(
      db,
      textBody({ text: "Hello", phone: `9198${String(50_000_000 + serial)}`, phoneNumberId: `sim-${companyId}` }),
    );
    const [row] = await rows<{ id: number; contact: number }>(
      db,
      `select id, contact_id as contact from conversations where company_id = ${companyId} order by id desc limit 1`,
    );
    return { id: row?.id ?? 0, contactId: row?.contact ?? 0 };
  }
  return { ...app, thread, person };
}
