import { objectOf } from "../../../shared/json.ts";
import { DomainError, invalid } from "../../domain/domain-error.ts";
import type { VendorError } from "../../domain/sends/channel-sender.ts";
import { failureOf } from "./graph-error.ts";
import type { GraphRequest, GraphTransport } from "./graph-transport.ts";

/** A way to the Graph API with a token. */
export type GraphAccess = { transport: GraphTransport; accessToken: string };

/** The Graph API said no, or (without an error of its own) was not to be reached. */
export class GraphCallFailed extends Error {
  readonly error: VendorError | undefined;
  constructor(message: string, error?: VendorError) {
    super(message);
    this.name = "GraphCallFailed";
    this.error = error;
  }
}

/** One call whose success has a body; everything else is thrown as GraphCallFailed. */
export async function askGraph(
  { transport, accessToken }: GraphAccess,
  request: Omit<GraphRequest, "accessToken">,
): Promise<Record<string, unknown>> {
  const answer = await transport.call({ ...request, accessToken }).catch((error: unknown) => {
    throw new GraphCallFailed(error instanceof Error ? error.message : String(error));
  });
  if (answer.status >= 200 && answer.status < 300) return objectOf(answer.body) ?? {};
  const error = failureOf(answer);
  throw new GraphCallFailed(error.details || error.title, error);
}

/** Runs what a person asked for, and says the vendor's refusal as ours. */
export async function saidAsRefusal<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GraphCallFailed)) throw error;
    if (error.error === undefined)
      throw new DomainError({ kind: "conflict", message: `WhatsApp cannot be reached just now: ${error.message}` });
    throw invalid(path, `WhatsApp refuses: ${error.message}`);
  }
}
