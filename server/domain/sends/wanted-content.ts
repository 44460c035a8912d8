import type { WantedSend } from "../policy/send-decision.ts";
import type { OutgoingContent } from "./outgoing-content.ts";

/** A message as far as the policy needs to know it. No template has the id 0: the policy then says that it does not exist. */
export function wantedContent(content: OutgoingContent, templateId: number | null): WantedSend["content"] {
  if (content.type === "template") return { kind: "template", templateId: templateId ?? 0 };
  if (content.type !== "email") return { kind: "free" };
  const { to, cc, bcc } = content;
  return {
    kind: "email",
    recipients: to.map(({ address }) => address),
    copies: [...cc, ...bcc].map(({ address }) => address),
  };
}
