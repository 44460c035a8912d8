import type { Ctx } from "../context.ts";
import { decideSends } from "../policy/decide-sends.ts";
import type { Purpose, SendDecision, WantedSend } from "../policy/send-decision.ts";
import { namedTemplates, type SendTemplate } from "./named-templates.ts";
import type { NewSend } from "./new-send.ts";
import { wantedContent } from "./wanted-content.ts";

export type WeighableSend = Pick<NewSend, "content" | "origin" | "purpose"> & {
  contactId: number;
  channelAccountId: number;
};

export type WeighedSend<Send> = { send: Send; decision: SendDecision; template: SendTemplate | undefined };

/** What the policy says of messages and which templates they name, in a few statements for all of them. Changes nothing. */
export async function weighSends<Send extends WeighableSend>(ctx: Ctx, sends: Send[]): Promise<WeighedSend<Send>[]> {
  const templates = await namedTemplates(ctx, sends);
  const decisions = await decideSends(
    ctx,
    sends.map((send) => wantedSend(send, templates.get(send))),
  );
  return sends.map((send, index) => {
    const decision = decisions[index];
    if (!decision) throw new Error("the policy gave no decision");
    return { send, decision, template: templates.get(send) };
  });
}

/** What a message is for: where its sender does not say, what its template is. */
export function purposeOf({ purpose }: Pick<NewSend, "purpose">, template: SendTemplate | undefined): Purpose {
  return purpose ?? template?.category ?? "service";
}

function wantedSend(send: WeighableSend, template: SendTemplate | undefined): WantedSend {
  const { contactId, channelAccountId, origin } = send;
  const content = wantedContent(send.content, template?.id ?? null);
  return { contactId, channelAccountId, origin, purpose: purposeOf(send, template), content };
}
