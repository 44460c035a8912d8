import { randomUUID } from "node:crypto";
import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import type { TxCtx } from "../../domain/context.ts";
import { isWindowOpen } from "../../domain/simulator/conversation-window.ts";
import type { PhoneView } from "../../domain/simulator/phone-view.ts";
import { scheduleStatuses } from "../../domain/simulator/schedule-webhooks.ts";
import { lockPhone, type SimulatedPhone } from "../../domain/simulator/simulated-phone.ts";
import type { SimulatorFailure } from "../../domain/simulator/simulator-failures.ts";
import { simulatorSettings } from "../../domain/simulator/simulator-settings.ts";
import { storeSimulatedMessage } from "../../domain/simulator/store-simulated-message.ts";
import { takeSendSlot } from "../../domain/simulator/take-send-slot.ts";
import type { GraphAnswer } from "../whatsapp-cloud/graph-transport.ts";
import { checkContent } from "./check-content.ts";
import { checkTemplate } from "./check-template.ts";
import { type GraphCall, missing, ok } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";
import { planStatuses } from "./plan-statuses.ts";
import { type Recipient, recipientOf } from "./recipient.ts";

type Fields = Record<string, unknown>;

/**
 * POST /{phone}/messages: refuses what Meta would refuse; what it accepts stands on the customer's phone a moment later and its
 * statuses are on their way. `failures` are those asked for that hit an accepted message.
 */
export async function sendMessage(call: GraphCall, failures: SimulatorFailure[]): Promise<GraphAnswer> {
  const message = objectOf(call.request.body) ?? {};
  const to = recipientOf(call, message);
  const type = textOf(message.type) ?? "text";
  const { ctx } = call;
  const content =
    type === "template"
      ? await checkTemplate(ctx, message.template)
      : { view: await checkContent(ctx, type, message), category: "service" };
  if (content.category === "authentication" && to.waId === undefined)
    throw new GraphRefusal(131062, "Authentication templates need a phone number.");
  // The settings and the samples exist before the transaction, so that two first sends don't wait for each other.
  await simulatorSettings(ctx);
  const providerId = `wamid.SIM${randomUUID().replaceAll("-", "").toUpperCase()}`;
  await ctx.transact((tx) => accept(tx, call, { message, to, type, ...content, providerId, failures }));
  return ok({
    messaging_product: "whatsapp",
    contacts: [{ input: to.input, ...(to.waId === undefined ? { user_id: to.userId ?? "" } : { wa_id: to.waId }) }],
    messages: [{ id: providerId, ...(type === "template" ? { message_status: "accepted" } : {}) }],
  });
}

type Accepting = {
  message: Fields;
  to: Recipient;
  type: string;
  view: PhoneView;
  category: string;
  providerId: string;
  failures: SimulatorFailure[];
};

async function accept(tx: TxCtx, call: GraphCall, sending: Accepting): Promise<void> {
  const { message, to, type, view, category, providerId, failures } = sending;
  const { channelAccountId } = call.account;
  const now = tx.now();
  const settings = await simulatorSettings(tx);
  const phone = await lockPhone(tx, { waId: to.waId, userId: to.userId, name: to.input });
  await refuseUnreachable(tx, call, phone, type);
  const slot = await takeSendSlot(tx, { phoneId: phone.id, messagesPerSecond: settings.messagesPerSecond, now });
  if (slot === "pair_rate") throw new GraphRefusal(131056, "Too many messages sent from this number to one person.");
  if (slot === "number_rate")
    throw new GraphRefusal(130429, "Message failed to send because there were too many messages sent.");
  const reactsTo = type === "reaction" ? reactionTarget(message) : undefined;
  const undeliverable = failures.find(({ stage }) => stage === "status");
  const refusal = undeliverable && new GraphRefusal(Number(undeliverable.kind), "As the phone simulator was asked to.");
  const id = await storeSimulatedMessage(tx, {
    channelAccountId,
    phoneId: phone.id,
    author: "business",
    providerId,
    type,
    body: jsonOf(message[type]),
    view,
    replyTo: textOf(objectOf(message.context)?.message_id),
    reactsTo,
    callbackData: textOf(message.biz_opaque_callback_data),
    category,
    status: "accepted",
    sentAt: now,
    visibleAt: refusal ? undefined : new Date(now.getTime() + settings.deliveredAfterMs),
  });
  if (id !== undefined) await scheduleStatuses(tx, id, planStatuses(now, settings, failures, refusal));
}

async function refuseUnreachable(tx: TxCtx, call: GraphCall, phone: SimulatedPhone, type: string): Promise<void> {
  if (phone.switchedOff) throw new GraphRefusal(131026, "Message Undeliverable.");
  if (type === "template") return;
  const { channelAccountId } = call.account;
  if (await isWindowOpen(tx, phone, { channelAccountId, now: tx.now() })) return;
  const why =
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";
  throw new GraphRefusal(131047, why);
}

/** Not looked up: what came in by another way than the simulator's screen stands on no simulated phone. */
function reactionTarget(message: Fields): string {
  const id = textOf(objectOf(message.reaction)?.message_id);
  if (id === undefined) throw missing("reaction['message_id']");
  return id;
}
