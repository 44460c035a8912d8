import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../../shared/json.ts";
import type { GraphAnswer } from "../whatsapp-cloud/graph-transport.ts";
import { titleOf } from "./error-titles.ts";

/** The Graph API says no, in its own code and words. Thrown by whatever checks a call, answered by the transport. */
export class GraphRefusal extends Error {
  readonly code: number;
  readonly details: string;
  readonly subcode: number | undefined;
  constructor(code: number, details: string, subcode?: number) {
    super(details);
    this.name = "GraphRefusal";
    this.code = code;
    this.details = details;
    this.subcode = subcode;
  }
}

/** The body Meta sends with it: build on `code` and `details`, never on the HTTP status. */
export function refusalAnswer(refusal: GraphRefusal): GraphAnswer {
  const { code, details, subcode } = refusal;
  const { title, status, transient } = titleOf(code);
  const isPlain = code < 100_000;
  return {
    status,
    headers: { "content-type": "application/json" },
    body: {
      error: {
        message: isPlain ? details : `(#${code}) ${title}`,
        type: "OAuthException",
        code,
        ...(isPlain ? {} : { error_data: { messaging_product: "whatsapp", details } }),
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(transient ? { is_transient: true } : {}),
        fbtrace_id: `A${randomBytes(16).toString("base64url")}`,
      },
    },
  };
}

/** The same error as a failed status carries it. */
export function statusErrors(refusal: GraphRefusal): JsonObject[] {
  const { code, details } = refusal;
  const { title } = titleOf(code);
  return [
    {
      code,
      title,
      message: title,
      error_data: { details },
      href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    },
  ];
}
