import { setTimeout as pause } from "node:timers/promises";
import type { Ctx } from "../../domain/context.ts";
import { isCode, isStatusFailure } from "../../domain/simulator/failure-kinds.ts";
import { listFailures, type SimulatorFailure, takeFailures } from "../../domain/simulator/simulator-failures.ts";
import {
  type GraphAnswer,
  GraphAnswerLost,
  GraphNotReached,
  type GraphRequest,
} from "../whatsapp-cloud/graph-transport.ts";
import type { GraphCall } from "./graph-call.ts";
import { GraphRefusal, refusalAnswer } from "./graph-refusal.ts";
import { sendMessage } from "./send-message.ts";

const asAsked = "As the phone simulator was asked to.";
const patienceMs = 30_000;

/** A send, failing in the ways that were asked for. */
export async function sendWithFailures(call: GraphCall): Promise<GraphAnswer> {
  const failures = await takeFailures(call.ctx, "send");
  const ofTheCall = failures.find(({ kind, stage }) => !isStatusFailure(kind) && stage !== "status");
  const send = () => sendMessage(call, failures);
  return ofTheCall ? fail(ofTheCall, call.request, send) : send();
}

/** Every other call fails while WhatsApp cannot be reached or the token is void until further notice; failures that are counted hit sends. */
export async function failStanding(
  ctx: Ctx,
  request: GraphRequest,
  purpose: "call" | "look",
): Promise<GraphAnswer | undefined> {
  const kinds = purpose === "look" ? ["190"] : ["190", "connection_refused"];
  const standing = (await listFailures(ctx)).find(({ kind, remaining }) => remaining === null && kinds.includes(kind));
  if (!standing) return undefined;
  if (purpose === "look") return refusalAnswer(refusalOf(standing));
  return fail(standing, request, async () => refusalAnswer(refusalOf(standing)));
}

async function fail(
  failure: SimulatorFailure,
  request: GraphRequest,
  send: () => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  if (isCode(failure.kind)) {
    await slowly(failure, request);
    return refusalAnswer(refusalOf(failure));
  }
  switch (failure.kind) {
    case "connection_refused":
      throw new GraphNotReached("The phone simulator refused the connection, as it was asked to.");
    case "timeout_before_acceptance":
      return lost(failure, request);
    case "timeout_after_acceptance":
      return (await refusedOr(send)) ?? lost(failure, request);
    case "http_500":
      await slowly(failure, request);
      return { ...refusalAnswer(new GraphRefusal(131000, "Something went wrong.")), status: 500 };
    default: {
      const answer = await send();
      await slowly(failure, request);
      return answer;
    }
  }
}

/** What would not have been accepted is refused, whatever becomes of the connection. */
async function refusedOr(send: () => Promise<GraphAnswer>): Promise<GraphAnswer | undefined> {
  const answer = await send();
  return answer.status === 200 ? undefined : answer;
}

async function lost(failure: SimulatorFailure, request: GraphRequest): Promise<never> {
  await pause(Math.min(failure.delayMs, request.timeoutMs ?? patienceMs));
  throw new GraphAnswerLost("No answer came in time, as the phone simulator was asked to.");
}

/** Waits as long as asked; a caller with less patience hears nothing. */
async function slowly(failure: SimulatorFailure, request: GraphRequest): Promise<void> {
  const patience = request.timeoutMs ?? patienceMs;
  await pause(Math.min(failure.delayMs, patience));
  if (failure.delayMs > patience) throw new GraphAnswerLost("No answer came in time.");
}

function refusalOf({ kind }: SimulatorFailure): GraphRefusal {
  return kind === "190"
    ? new GraphRefusal(190, "Error validating access token: Session has expired", 463)
    : new GraphRefusal(Number(kind), asAsked);
}
