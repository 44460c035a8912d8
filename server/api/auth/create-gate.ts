import type { Db } from "../../db/connection.ts";
import { createAuthenticator } from "../../domain/accounts/authenticator.ts";
import { createQuotaLeases } from "../../domain/accounts/quota-leases.ts";
import { tokenKeys } from "../../domain/accounts/token-keys.ts";
import type { Gate } from "../http/authenticate-request.ts";
import { cookieNames } from "./session-cookie.ts";

export type GateOptions = {
  /** Signs access tokens; 32 bytes as base64url. */
  jwtKey: string;
  publicUrl?: string | undefined;
};

/** What every surface needs of the accounts: who calls, and how much they may call. */
export function createGate(db: Db, { jwtKey, publicUrl }: GateOptions, now = () => new Date()): Gate {
  const instance = { db, now };
  const take = createQuotaLeases(instance);
  return {
    authenticate: createAuthenticator(instance, tokenKeys(jwtKey)),
    takeQuota: ({ credential, requestsPerMinute }) =>
      take({ key: `api ${credential}`, limit: requestsPerMinute, windowSeconds: 60 }),
    takeHourly: ({ companyId, credential, hourlyLimitFactor }, { resource, perHour }) =>
      take({
        key: `hour ${resource} ${credential} of ${companyId}`,
        limit: perHour * hourlyLimitFactor,
        windowSeconds: 3_600,
      }),
    sessionCookieNames: cookieNames(publicUrl),
    publicUrl,
  };
}
