import { objectOf, textOf } from "../../../shared/json.ts";
import { allParts, headerOf, readMimePart } from "../../channels/email-intake/mime-part.ts";

/** The fields in which the usual providers send a mail as it came. */
const fields = ["email", "message", "body-mime", "raw"];

/** The mail in a request's body, by its type; undefined where there is none in it. */
export function mailInBody(body: Buffer, contentType: string): Buffer | undefined {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  switch (type) {
    case "multipart/form-data":
      return inForm(body, contentType);
    case "application/x-www-form-urlencoded":
      return inQuery(body);
    case "application/json":
      return inJson(body);
    default:
      return body;
  }
}

function inForm(body: Buffer, contentType: string): Buffer | undefined {
  const form = readMimePart(`Content-Type: ${contentType.replaceAll("\n", " ")}\r\n\r\n${body.toString("latin1")}`);
  for (const field of fields) {
    const part = allParts(form).find((each) => nameOf(headerOf(each, "content-disposition")) === field);
    if (part) return Buffer.from(part.raw, "latin1");
  }
  return undefined;
}

function nameOf(disposition: string | undefined): string | undefined {
  return /;\s*name="?([^";]+)"?/i.exec(disposition ?? "")?.[1]?.toLowerCase();
}

function inQuery(body: Buffer): Buffer | undefined {
  const form = new URLSearchParams(body.toString("utf8"));
  const found = fields.map((field) => form.get(field)).find((value) => value !== null && value !== undefined);
  return found === undefined || found === null ? undefined : Buffer.from(found, "utf8");
}

function inJson(body: Buffer): Buffer | undefined {
  const json = objectOf(parse(body));
  const found = fields.map((field) => textOf(json?.[field])).find((value) => value !== undefined);
  if (found === undefined) return undefined;
  return /^[A-Za-z0-9+/_=\s-]+$/.test(found) ? Buffer.from(found, "base64") : Buffer.from(found, "utf8");
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
