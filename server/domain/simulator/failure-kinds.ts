/** Failures that are no code of Meta's. The first group concerns the call, the second what we are told afterwards. */
export const callFailures = [
  "connection_refused",
  "timeout_before_acceptance",
  "timeout_after_acceptance",
  "http_500",
  "slow_answer",
] as const;
export const statusFailures = ["no_statuses", "late_statuses", "duplicate_statuses", "disordered_statuses"] as const;
/** The next template that is submitted is turned down. */
export const templateRejected = "template_rejected";

export type FailurePreset = { kind: string; label: string; stage: "answer" | "status" | null };

/** What one would want to see, in words. Any other code of Meta's works too. */
export const failurePresets: FailurePreset[] = [
  preset("131047", "The 24 hours are over"),
  preset("131026", "Not on WhatsApp"),
  preset("131049", "WhatsApp chose not to deliver"),
  preset("131056", "Too many messages to one person"),
  preset("130429", "Too many messages at once"),
  preset("131042", "No payment method"),
  preset("190", "The access token has expired"),
  preset("132015", "The template is paused"),
  preset("131031", "The account is locked"),
  preset("131016", "WhatsApp is unavailable"),
  preset("connection_refused", "No connection"),
  preset("timeout_before_acceptance", "No answer, and not accepted"),
  preset("timeout_after_acceptance", "No answer, but accepted"),
  preset("http_500", "An error of WhatsApp's own"),
  preset("slow_answer", "A slow answer"),
  preset("no_statuses", "No word of what became of it"),
  preset("late_statuses", "Statuses come late"),
  preset("duplicate_statuses", "Each status comes twice"),
  preset("disordered_statuses", "Statuses come in the wrong order"),
  preset(templateRejected, "The next template is turned down"),
];

export function isFailureKind(kind: string): boolean {
  const words: readonly string[] = [...callFailures, ...statusFailures, templateRejected];
  return isCode(kind) || words.includes(kind);
}

export function isStatusFailure(kind: string): boolean {
  const words: readonly string[] = statusFailures;
  return words.includes(kind);
}

export function isCode(kind: string): boolean {
  return /^\d{1,7}$/.test(kind);
}

/** Where Meta usually says it: these codes mostly come as a status after the call was accepted. */
export function stageOf(kind: string): "answer" | "status" | null {
  if (!isCode(kind)) return null;
  return ["131026", "131042", "131047", "131049", "131050", "130472", "130403"].includes(kind) ? "status" : "answer";
}

/** How much is late where nobody said it. */
export function usualDelayMs(kind: string): number {
  if (kind === "slow_answer") return 5_000;
  return kind === "late_statuses" ? 20_000 : 0;
}

function preset(kind: string, label: string): FailurePreset {
  return { kind, label, stage: stageOf(kind) };
}
