import type { Json } from "../../../shared/json.ts";
import type { Ctx } from "../../domain/context.ts";
import type { SimulatedAccount } from "../../domain/simulator/simulated-account.ts";
import type { GraphAnswer, GraphRequest } from "../whatsapp-cloud/graph-transport.ts";
import { GraphRefusal } from "./graph-refusal.ts";

/** A call of the Graph API, with the simulated account that its path names. */
export type GraphCall = { ctx: Ctx; account: SimulatedAccount; request: GraphRequest };

export function ok(body: Json): GraphAnswer {
  return { status: 200, headers: { "content-type": "application/json" }, body };
}

export function missing(parameter: string): GraphRefusal {
  return new GraphRefusal(131008, `Required parameter is missing: ${parameter}`);
}

export function notValid(why: string): GraphRefusal {
  return new GraphRefusal(131009, why);
}

export function tooLong(parameter: string, most: number): GraphRefusal {
  return new GraphRefusal(100, `Param ${parameter} must be at most ${most} characters long.`);
}

/** What Meta says of an id that it does not know or show. */
export function noSuchObject(method: string, id: string): GraphRefusal {
  const why = "does not exist, cannot be loaded due to missing permissions, or does not support this operation";
  return new GraphRefusal(100, `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' ${why}.`, 33);
}
