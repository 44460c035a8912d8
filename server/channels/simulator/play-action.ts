import type { Ctx } from "../../domain/context.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { editOnPhone, revokeOnPhone } from "../../domain/simulator/change-simulated-message.ts";
import { findPhoneMessage } from "../../domain/simulator/phone-messages.ts";
import { scheduleStatuses } from "../../domain/simulator/schedule-webhooks.ts";
import type { SimulatedAccount } from "../../domain/simulator/simulated-account.ts";
import { lockPhone, renumberPhone, type SimulatedPhone } from "../../domain/simulator/simulated-phone.ts";
import { simulatedUserId } from "../../domain/simulator/simulated-user-id.ts";
import { buildNumberChange, type SimulatedPerson } from "./build-body.ts";
import { bytesAsMetaSigns } from "./bytes-as-meta-signs.ts";
import { type CustomerAction, messagesOfAction } from "./customer-action.ts";
import { ownerOf, type PostWebhook, playMessages } from "./play-messages.ts";

/** What a customer does, also without a message of their own: listening, and a new number. */
export type PlayedAction =
  | CustomerAction
  | { action: "listen"; messageId: string }
  | { action: "change_number"; newPhone: string };

export type PlayOptions = { appSecret: string; onceKey?: string | undefined; post: PostWebhook };

export type Played = { ids: string[]; accepted: boolean };

export async function playAction(
  ctx: Ctx,
  account: SimulatedAccount,
  { person, action }: { person: SimulatedPerson; action: PlayedAction },
  { appSecret, onceKey, post }: PlayOptions,
): Promise<Played> {
  const phone = await ctx.transact((tx) => lockPhone(tx, ownerOf(person)));
  switch (action.action) {
    case "listen":
      return listen(ctx, phone, action.messageId);
    case "change_number":
      return changeNumber(ctx, account, { phone, newPhone: action.newPhone, post });
    default: {
      const messages = await messagesOfAction(ctx, phone, action, { appSecret, onceKey });
      const played = await playMessages(ctx, account, { person, messages, post });
      await changeOnPhone(ctx, action);
      return played;
    }
  }
}

/** A voice message of ours was listened to. */
async function listen(ctx: Ctx, phone: SimulatedPhone, messageId: string): Promise<Played> {
  const message = await findPhoneMessage(ctx, phone.id, messageId);
  if (message?.author !== "business") throw notFound("message", messageId);
  const now = ctx.now();
  const played = { status: "played" as const, happensAt: now, dueAt: now, copies: 1 };
  await ctx.transact((tx) => scheduleStatuses(tx, message.id, [played]));
  return { ids: [], accepted: true };
}

type NumberChange = { phone: SimulatedPhone; newPhone: string; post: PostWebhook };

async function changeNumber(ctx: Ctx, account: SimulatedAccount, change: NumberChange): Promise<Played> {
  const { phone, newPhone, post } = change;
  const to = { waId: newPhone, userId: simulatedUserId(newPhone) };
  const changed = await ctx.transact((tx) => renumberPhone(tx, phone.id, to));
  if (!changed) throw new DomainError({ kind: "conflict", message: "Another simulated phone has this number." });
  const from = { name: phone.name, waId: phone.waId ?? undefined, userId: phone.userId };
  return { ids: [], accepted: await post(bytesAsMetaSigns(buildNumberChange(account, from, to, ctx.now()))) };
}

async function changeOnPhone(ctx: Ctx, action: CustomerAction): Promise<void> {
  if (action.action === "edit") await ctx.transact((tx) => editOnPhone(tx, action.messageId, action.text));
  if (action.action === "revoke") await ctx.transact((tx) => revokeOnPhone(tx, action.messageId));
}
