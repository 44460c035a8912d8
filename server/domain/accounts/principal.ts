import type { Actor, Role } from "../context.ts";
import type { Reach } from "../reach/reach.ts";

/** Who calls, and what they may. */
export type Principal = {
  companyId: number;
  actor: Actor;
  role: Role;
  /** What the rate limit counts by: "user:12:1", "key:4". */
  credential: string;
  requestsPerMinute: number;
  /** Multiplies what a document allows an hour. */
  hourlyLimitFactor: number;
  subscriptionActive: boolean;
  /** Whose people they see. */
  reach: Reach;
  /** An API key's scopes; undefined for people, who may do what their role may. */
  scopes?: readonly string[];
  /** The person's; a key has none. */
  userId?: number;
  email?: string;
  /** The person's name, or the key's. */
  name: string;
};
