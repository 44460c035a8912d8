import { objectOf } from "../../../shared/json.ts";
import type { GraphAnswer } from "../whatsapp-cloud/graph-transport.ts";
import { describeAccount, listNumbers, registerNumber, subscribedApps } from "./account-calls.ts";
import { failStanding, sendWithFailures } from "./fail-call.ts";
import { type GraphCall, ok } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";
import { uploadMedia } from "./media-calls.ts";
import { readMessage } from "./read-message.ts";
import { createTemplate, deleteTemplate, listTemplates } from "./template-calls.ts";

/** A call on the simulated number or its account: /{id} or /{id}/{edge}. */
export async function callAccount(call: GraphCall, edge: string | undefined): Promise<GraphAnswer> {
  const { request } = call;
  const isSend = edge === "messages" && request.method === "POST";
  if (isSend && objectOf(request.body)?.status === undefined) return sendWithFailures(call);
  const failing = await failStanding(call.ctx, request, "call");
  if (failing) return failing;
  if (isSend) return readMessage(call);
  switch (`${request.method} ${edge ?? ""}`) {
    case "GET ":
      return describeAccount(call);
    case "POST ":
      return ok({ success: true });
    case "POST media":
      return uploadMedia(call);
    case "GET message_templates":
      return listTemplates(call);
    case "POST message_templates":
      return createTemplate(call);
    case "DELETE message_templates":
      return deleteTemplate(call);
    case "GET phone_numbers":
      return listNumbers(call);
    case "GET subscribed_apps":
    case "POST subscribed_apps":
    case "DELETE subscribed_apps":
      return subscribedApps(call);
    case "POST register":
      return registerNumber(call);
    case "POST deregister":
      return ok({ success: true });
    default:
      throw new GraphRefusal(2500, `Unknown path components: /${edge ?? ""}`);
  }
}
