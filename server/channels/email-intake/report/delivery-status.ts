import { readFields } from "../mime-part.ts";
import { addressIn, type FailureSign } from "./failure-sign.ts";

/** The recipients of a `message/delivery-status` part (RFC 3464): its blocks after the first, and some servers have but one. */
export function readDeliveryStatus(text: string): FailureSign[] {
  return text
    .trim()
    .split(/\n[ \t]*\n/)
    .map((block) => readFields(block.replace(/^([A-Za-z-]+) +:/gm, "$1:")))
    .flatMap(signOf);
}

function signOf(fields: Map<string, string[]>): FailureSign[] {
  const field = (name: string) => fields.get(name)?.[0];
  const final = addressIn(field("final-recipient"));
  const original = addressIn(field("original-recipient"));
  const action = (field("action") ?? "").toLowerCase().split(/\s/)[0] ?? "";
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field("status") ?? "")?.[0] ?? null;
  if (!action && !status && !final) return [];
  const actual = addressIn(field("x-actual-recipient"));
  const diagnostic = (field("diagnostic-code") ?? "").replace(/^\s*[\w-]+\s*;\s*/, "");
  return [{ recipient: final ?? original ?? actual ?? null, original: original ?? null, action, status, diagnostic }];
}
