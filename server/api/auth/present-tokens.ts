import { Type } from "typebox";
import { describeCaller } from "../../domain/accounts/describe-caller.ts";
import { ctxOfCompany, type Instance } from "../../domain/accounts/instance.ts";
import type { Tokens } from "../../domain/accounts/issue-tokens.ts";
import type { SignedIn } from "../../domain/accounts/signed-in.ts";
import { CallerView, presentCaller } from "./present-caller.ts";

const text = Type.String();

/** The one answer to every sign-in: each document's client finds its own field names in it. */
export const TokensView = Type.Object({
  success: Type.Boolean(),
  status: text,
  message: text,
  token: text,
  access_token: text,
  accessToken: text,
  refreshToken: text,
  refresh_token: text,
  token_type: text,
  expires_in: Type.Integer({ description: "seconds" }),
  company_id: Type.Integer(),
  accountId: text,
  user: CallerView,
});

export async function presentTokens(instance: Instance, signedIn: SignedIn, tokens: Tokens, message: string) {
  const { companyId, userId, role } = signedIn;
  const caller = await describeCaller(ctxOfCompany(instance, companyId, { kind: "user", userId, role }));
  return {
    success: true,
    status: "success",
    message,
    token: tokens.accessToken,
    access_token: tokens.accessToken,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    refresh_token: tokens.refreshToken,
    token_type: "bearer",
    expires_in: tokens.expiresInSeconds,
    company_id: companyId,
    accountId: String(companyId),
    user: presentCaller(caller),
  };
}
