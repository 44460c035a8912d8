import { Type } from "typebox";
import type { Caller } from "../../domain/accounts/describe-caller.ts";

const text = Type.String();
const nullableText = Type.Unsafe<string | null>({ type: ["string", "null"] });

/** The caller in the spelling of every document at once. */
export const CallerView = Type.Object({
  id: Type.Unsafe<number | null>({ type: ["integer", "null"], description: "null for an API key" }),
  _id: nullableText,
  type: Type.String({ description: "user, api_key or open" }),
  email: nullableText,
  username: nullableText,
  name: text,
  full_name: text,
  first_name: text,
  last_name: text,
  firstName: text,
  lastName: text,
  role: text,
  is_active: Type.Boolean(),
  has_password: Type.Boolean(),
  accountId: text,
  company_id: Type.Integer(),
  companyId: Type.Integer(),
  company_name: text,
  companyName: text,
  company_slug: text,
  subscription: Type.Object({ status: text, plan: text, ends_at: nullableText, active: Type.Boolean() }),
  last_signed_in_at: nullableText,
  created_at: nullableText,
});

export function presentCaller(caller: Caller) {
  const { company, subscription, email, name, firstName, lastName } = caller;
  return {
    id: caller.userId,
    _id: caller.userId === null ? null : String(caller.userId),
    type: caller.kind,
    email,
    username: email,
    name,
    full_name: name,
    first_name: firstName,
    last_name: lastName,
    firstName,
    lastName,
    role: caller.role,
    is_active: true,
    has_password: caller.hasPassword,
    accountId: String(company.id),
    company_id: company.id,
    companyId: company.id,
    company_name: company.name,
    companyName: company.name,
    company_slug: company.slug,
    subscription: {
      status: subscription.status,
      plan: subscription.plan,
      ends_at: subscription.endsAt,
      active: subscription.isActive,
    },
    last_signed_in_at: caller.lastSignedInAt,
    created_at: caller.createdAt,
  };
}
