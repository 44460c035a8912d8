import { numberOf, objectOf, textOf } from "../../../shared/json.ts";
import type { SendOutcome, VendorError } from "../../domain/sends/channel-sender.ts";
import { classOfError, paymentIssue, titleOfError } from "./error-classes.ts";
import type { GraphAnswer } from "./graph-transport.ts";

/** What the Graph API says went wrong; undefined where it says nothing readable. */
export function graphError({ status, body }: GraphAnswer): VendorError | undefined {
  const error = objectOf(objectOf(body)?.error);
  if (!error) return undefined;
  const code = numberOf(error.code) ?? null;
  const message = textOf(error.message);
  const isTransient = error.is_transient === true;
  return {
    class: classOfError({ code, httpStatus: status, isTransient }),
    code,
    title: textOf(error.error_user_title) ?? titleOfError(code) ?? message ?? "Refused by WhatsApp",
    details: textOf(objectOf(error.error_data)?.details) ?? textOf(error.error_user_msg) ?? message ?? "",
    ...(code === paymentIssue ? { paymentMissing: true } : {}),
  };
}

/** The same of any answer that is no success, also one without Meta's structure: a proxy's page, an empty body. */
export function failureOf(answer: GraphAnswer): VendorError {
  const { status } = answer;
  return (
    graphError(answer) ?? {
      class: classOfError({ code: null, httpStatus: status }),
      code: null,
      title: `HTTP ${status}`,
      details: "",
    }
  );
}

/**
 * How a refused POST /messages ended. Meta documents no idempotency key and warns that a 5xx may hide an accepted message, so only an
 * answer that names a cause proves that it was not.
 */
export function refusedOutcome(answer: GraphAnswer, now: Date): SendOutcome {
  const error = failureOf(answer);
  const saysNothing = error.code === null || vague.has(error.code);
  if (answer.status >= 500 && saysNothing) return { kind: "unknown", why: `WhatsApp answered ${answer.status}.` };
  const retryAfterSeconds = retryAfterOf(answer, now);
  return { kind: "refused", error, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** "Unknown error", "service", "something went wrong". */
const vague = new Set([1, 2, 131000]);

const longestWaitSeconds = 24 * 3_600;

/** When the vendor wants to be asked again: Retry-After as seconds or a date, or the usage header's minutes. */
export function retryAfterOf({ headers }: GraphAnswer, now: Date): number | undefined {
  const asked = retryAfterSeconds(headers["retry-after"], now) ?? regainSeconds(headers["x-business-use-case-usage"]);
  return asked === undefined || asked <= 0 ? undefined : Math.min(Math.ceil(asked), longestWaitSeconds);
}

function retryAfterSeconds(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const seconds = numberOf(value);
  if (seconds !== undefined) return seconds;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : (at - now.getTime()) / 1000;
}

/** {"<account>": [{"estimated_time_to_regain_access": minutes, …}]} */
function regainSeconds(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const minutes = [...header.matchAll(/"estimated_time_to_regain_access"\s*:\s*(\d{1,6})/g)].map(([, text]) =>
    Number(text),
  );
  return minutes.length === 0 ? undefined : Math.max(...minutes) * 60;
}
