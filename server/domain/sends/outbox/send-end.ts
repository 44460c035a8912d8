import type { JsonObject } from "../../../../shared/json.ts";
import type { ErrorClass } from "../channel-sender.ts";

/** What one look at an outbox row, or one call, comes to. */
export type SendEnd =
  | { state: "accepted"; providerId: string; at: Date; reason: string | null }
  /** It goes again by itself. */
  | {
      state: "queued";
      at: Date;
      reason: string | null;
      inOrder: boolean;
      errorClass: ErrorClass | null;
      error: JsonObject | null;
      refusedAs?: RefusalKind;
    }
  /** It may be with the vendor. */
  | { state: "unknown"; lookAgainAt: Date; reason: string }
  | {
      state: "failed";
      reason: string;
      errorClass: ErrorClass;
      error: JsonObject;
      providerId?: string;
      refusedAs?: RefusalKind;
    };

/**
 * What is counted, each for itself: a vendor's refusals by their class, calls that never left the machine, and messages that were
 * taken and given back for trouble of the account.
 */
export type RefusalKind = ErrorClass | "not_sent" | "given_back";

/** How often so far. */
export type Refusals = Partial<Record<RefusalKind, number>>;
