import { objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { Ctx, TxCtx } from "../../domain/context.ts";
import { markCustomerSent } from "../../domain/simulator/change-simulated-message.ts";
import type { SimulatedAccount } from "../../domain/simulator/simulated-account.ts";
import { lockPhone, notePhoneWrote, type SimulatedPhone } from "../../domain/simulator/simulated-phone.ts";
import { storeSimulatedMessage } from "../../domain/simulator/store-simulated-message.ts";
import { buildWebhookBody, type SimulatedMessage, type SimulatedPerson } from "./build-body.ts";
import { bytesAsMetaSigns } from "./bytes-as-meta-signs.ts";
import { customerView } from "./customer-view.ts";
import { digitsOf } from "./webhook-envelope.ts";

/** Posts a body to the very route that Meta posts to; tells whether it was taken in. */
export type PostWebhook = (body: Buffer) => Promise<boolean>;

/** Changes made to earlier messages are no bubbles of their own. */
const changes = ["edit", "revoke"];

/**
 * The customer writes: first onto their own phone, then by one webhook to us. Repeated under the same key it is the same messages,
 * so that a webhook that could not be stored is posted again and nothing stands twice.
 */
export async function playMessages(
  ctx: Ctx,
  account: SimulatedAccount,
  playing: { person: SimulatedPerson; messages: SimulatedMessage[]; post: PostWebhook },
): Promise<{ ids: string[]; accepted: boolean }> {
  const { person, messages, post } = playing;
  const { ids, body } = await ctx.transact(async (tx) => {
    const phone = await lockPhone(tx, ownerOf(person));
    const built = buildWebhookBody(account, withIds(person, phone), messages);
    await writeOntoPhone(tx, account, { phone, person, messages, ids: built.ids });
    return built;
  });
  const accepted = await post(bytesAsMetaSigns(body));
  if (accepted) await markCustomerSent(ctx, ids);
  return { ids, accepted };
}

export function ownerOf(person: SimulatedPerson) {
  const { name, phone, userId, username } = person;
  return withoutUndefined({ name, waId: phone === undefined ? undefined : digitsOf(phone), userId, username });
}

function withIds(person: SimulatedPerson, phone: SimulatedPhone): SimulatedPerson {
  return { ...person, userId: person.userId ?? phone.userId };
}

type Writing = { phone: SimulatedPhone; person: SimulatedPerson; messages: SimulatedMessage[]; ids: string[] };

async function writeOntoPhone(tx: TxCtx, account: SimulatedAccount, writing: Writing): Promise<void> {
  const { phone, person, messages, ids } = writing;
  for (const [index, message] of messages.entries()) {
    const { type, body, replyTo, sentAt } = message;
    if (changes.includes(type)) continue;
    const reaction = type === "reaction" ? objectOf(body) : undefined;
    await storeSimulatedMessage(tx, {
      channelAccountId: account.channelAccountId,
      phoneId: phone.id,
      author: "customer",
      providerId: ids[index] ?? "",
      type,
      body,
      view: customerView(message),
      replyTo,
      reactsTo: textOf(reaction?.message_id),
      status: "sending",
      sentAt,
      visibleAt: sentAt,
    });
  }
  const at = messages.at(-1)?.sentAt ?? tx.now();
  const byAd = messages.some(({ referral }) => referral !== undefined);
  await notePhoneWrote(tx, phone.id, { name: person.name, username: person.username, at, byAd });
}
