import type { ErrorClass } from "../../domain/sends/channel-sender.ts";

type Known = [code: number, errorClass: ErrorClass, title: string];

/** Meta's own codes and titles; the class is our reading of what follows from each. Their HTTP status says nothing about it. */
const known: Known[] = [
  [0, "account_auth", "AuthException"],
  [1, "retry_few", "API Unknown"],
  [2, "retry_backoff", "API Service"],
  [3, "account_auth", "API Method"],
  [4, "retry_backoff", "API Too Many Calls"],
  [10, "account_auth", "Permission Denied"],
  [17, "retry_backoff", "User request limit reached"],
  [32, "retry_backoff", "Page request limit reached"],
  [33, "account_auth", "Parameter value is not valid"],
  [100, "never", "Invalid parameter"],
  [102, "account_auth", "Session key invalid"],
  [104, "account_auth", "An access token is required"],
  [190, "account_auth", "Access token has expired"],
  [368, "account_blocked", "Temporarily blocked for policies violations"],
  [613, "retry_backoff", "Calls to this API have exceeded the rate limit"],
  [803, "account_setup", "The object does not exist for this app"],
  [80007, "retry_backoff", "Rate limit issues"],
  [130403, "never", "The business has blocked this person"],
  [130429, "retry_backoff", "Rate limit hit"],
  [130472, "never", "The person's number is part of an experiment"],
  [130497, "account_blocked", "Business account is restricted from messaging users in this country"],
  [131000, "retry_few", "Something went wrong"],
  [131005, "account_auth", "Access denied"],
  [131008, "never", "Required parameter is missing"],
  [131009, "never", "Parameter value is not valid"],
  [131016, "retry_backoff", "Service unavailable"],
  [131021, "never", "Recipient cannot be sender"],
  [131026, "other_channel", "Message undeliverable"],
  [131031, "account_blocked", "Account has been locked"],
  [131037, "account_setup", "The number's display name needs approval before messages can be sent"],
  [131042, "account_setup", "Business eligibility payment issue"],
  [131045, "account_setup", "Incorrect certificate"],
  [131047, "needs_template", "Re-engagement message"],
  [131048, "pause_number", "Spam rate limit hit"],
  [131049, "wait_24h", "Meta chose not to deliver"],
  [131050, "opted_out_marketing", "The person has stopped marketing messages"],
  [131051, "never", "Unsupported message type"],
  [131052, "never", "Media download error"],
  [131053, "never", "Media upload error"],
  [131055, "never", "Method not allowed"],
  [131056, "retry_pair", "Pair rate limit hit"],
  [131057, "retry_backoff", "Account in maintenance mode"],
  [131060, "never", "Message of the number's phone app not available"],
  [131062, "never", "Business-scoped user ids are not supported for this message"],
  [131063, "never", "Marketing templates are disabled for this account"],
  [131064, "pause_number", "Account messaging limit: template classification violations"],
  [132000, "never", "Template parameter count mismatch"],
  [132001, "never", "Template does not exist"],
  [132005, "never", "Template text too long"],
  [132007, "never", "Template format character policy violated"],
  [132012, "never", "Template parameter format mismatch"],
  [132015, "template_paused", "Template is paused"],
  [132016, "template_disabled", "Template is disabled"],
  [132018, "never", "Template validation error"],
  [132068, "never", "Flow is blocked"],
  [132069, "wait_1h", "Flow is throttled"],
  [133000, "account_setup", "Incomplete deregistration"],
  [133004, "retry_backoff", "Server temporarily unavailable"],
  [133005, "account_setup", "Two-step verification PIN mismatch"],
  [133006, "account_setup", "Phone number re-verification needed"],
  [133008, "account_setup", "Too many two-step verification PIN guesses"],
  [133009, "account_setup", "Two-step verification PIN guessed too fast"],
  [133010, "account_setup", "Phone number not registered"],
  [133015, "account_setup", "Wait a few minutes before registering this number"],
  [133016, "wait_24h", "Too many registrations of this number"],
  [134011, "account_setup", "WhatsApp Payments terms of service not accepted"],
  [134100, "never", "Only marketing messages supported"],
  [134101, "wait_10min", "Template is still syncing"],
  [134102, "account_setup", "Template unavailable for use"],
  [135000, "never", "Generic user error"],
  [2388019, "never", "Message template limit exceeded"],
  [2388039, "never", "Message template status can't be changed"],
  [2388040, "never", "Character limit exceeded"],
  [2388047, "never", "Message header format is incorrect"],
  [2388072, "never", "Message body format is incorrect"],
  [2388073, "never", "Message footer format is incorrect"],
  [2388293, "never", "Parameters words ratio exceeds limit"],
  [2388299, "never", "Leading or trailing parameters not allowed"],
  [2494100, "retry_backoff", "Account is in maintenance mode"],
  [2593107, "never", "Synchronisation was requested already"],
  [2593108, "never", "Synchronisation was requested too late"],
  [2593109, "never", "History sharing declined by the business"],
];

const byCode = new Map(known.map(([code, errorClass, title]) => [code, { errorClass, title }]));

/** What a code we have never seen most likely means: Meta numbers by subject. */
const ranges: [from: number, to: number, errorClass: ErrorClass][] = [
  [200, 299, "account_auth"],
  [450, 470, "account_auth"],
  [80000, 80999, "retry_backoff"],
  [132000, 132999, "never"],
  [133000, 133999, "account_setup"],
  [2388000, 2388999, "never"],
  [2593000, 2593999, "never"],
];

export type ErrorSigns = { code: number | null; httpStatus?: number; isTransient?: boolean };

/** By the code; an unknown one by its range, then by Meta's own word that it passes, and by the HTTP status last. */
export function classOfError({ code, httpStatus, isTransient }: ErrorSigns): ErrorClass {
  const entry = code === null ? undefined : byCode.get(code);
  if (entry) return entry.errorClass;
  const range = ranges.find(([from, to]) => code !== null && code >= from && code <= to);
  if (range) return range[2];
  if (isTransient) return "retry_backoff";
  return httpStatus === undefined ? "never" : classOfStatus(httpStatus);
}

/** Nobody pays for the account. */
export const paymentIssue = 131042;

/** Meta's title of a code we know. */
export function titleOfError(code: number | null): string | undefined {
  return code === null ? undefined : byCode.get(code)?.title;
}

function classOfStatus(status: number): ErrorClass {
  if (status === 401) return "account_auth";
  if (status === 429) return "retry_backoff";
  return status >= 500 ? "retry_few" : "never";
}
