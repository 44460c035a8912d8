import type { JsonObject } from "../../../../shared/json.ts";
import type { ErrorClass } from "../channel-sender.ts";

/** What one look at an outbox row, or one call, comes to. */
export type SendEnd =
  | { state: "accepted"; providerId: string; at: Date; reason: string | null }
  /** It goes again by itself. `countsAttempt` is false where the call never had a chance. */
  | {
      state: "queued";
      at: Date;
      reason: string | null;
      inOrder: boolean;
      errorClass: ErrorClass | null;
      error: JsonObject | null;
      countsAttempt: boolean;
    }
  /** It may be with the vendor. */
  | { state: "unknown"; lookAgainAt: Date; reason: string }
  | { state: "failed"; reason: string; errorClass: ErrorClass; error: JsonObject; providerId?: string };
