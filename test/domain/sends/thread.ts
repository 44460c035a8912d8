import type { Ctx, TxCtx } from "../../../server/domain/context.ts";
import { getMessage } from "../../../server/domain/conversations/get-message.ts";
import type { Message } from "../../../server/domain/conversations/list-messages.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import type { TestDatabase } from "../../harness/test-database.ts";

export type Thread = {
  companyId: number;
  channelAccountId: number;
  conversationId: number;
  contactId: number;
  phone: string;
  c: Ctx;
  ctxAt: (now: () => Date) => Ctx;
  /** Runs a function that wants a transaction. */
  change: <Input>(work: (tx: TxCtx, input: Input) => Promise<void>, input: Input) => Promise<void>;
};

let serial = 0;

/** Conversations that people have begun, each in a company of its own, or a further person's in the same. */
export function threads({ db, ctx, createCompany }: TestDatabase) {
  const open = async (companyId: number): Promise<Thread> => {
    serial += 1;
    const phone = `9198${String(70_000_000 + serial)}`;
    await deliver(db, textBody({ text: "Hello", phone, phoneNumberId: `sim-${companyId}` }));
    const [row] = await rows<{ id: number; account: number; contact: number }>(
      db,
      `select id, channel_account_id as account, contact_id as contact from conversations where company_id = ${companyId} order by id desc limit 1`,
    );
    const c = ctx(companyId);
    return {
      companyId,
      phone,
      c,
      channelAccountId: row?.account ?? 0,
      conversationId: row?.id ?? 0,
      contactId: row?.contact ?? 0,
      ctxAt: (now) => ctx(companyId, { kind: "system" }, now),
      change: (work, input) => c.transact((tx) => work(tx, input)),
    };
  };
  return {
    thread: async () => open(await createCompany()),
    person: (one: Thread) => open(one.companyId),
  };
}

export function statusOf({ c }: Thread, messageId: number): Promise<Message> {
  return getMessage(c, messageId);
}
