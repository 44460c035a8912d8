import { randomUUID } from "node:crypto";
import type { GraphAnswer, GraphRequest } from "../whatsapp-cloud/graph-transport.ts";
import { missing, ok } from "./graph-call.ts";

/** Examples for templates: nobody looks at them here, so nothing is kept of a file but that it came. */
export function uploadExample(request: GraphRequest, step: "open" | "send"): GraphAnswer {
  if (step === "open") {
    const absent = ["file_length", "file_type"].find((name) => request.query?.[name] === undefined);
    if (absent !== undefined) throw missing(absent);
    return ok({ id: `upload:${randomUUID()}` });
  }
  if (request.upload === undefined) throw missing("file");
  return ok({ h: `4::${randomUUID()}` });
}
