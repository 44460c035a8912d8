import { type RawBuilder, sql } from "kysely";
import type { FormField } from "./form-fields.ts";

/** A form on a company's own page; who fills it in becomes a lead. */
export type Form = {
  id: number;
  /** In its public address. */
  key: string;
  name: string;
  fields: FormField[];
  consentText: string;
  consentRequired: boolean;
  thanksText: string;
  redirectUrl: string | null;
  source: string;
  ownerUserId: number | null;
  tags: string[];
  submissionsPerHour: number;
  active: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const formColumns: RawBuilder<unknown> = sql`
  f.id, f.key, f.name, f.fields, f.consent_text as "consentText", f.consent_required as "consentRequired",
  f.thanks_text as "thanksText", f.redirect_url as "redirectUrl", f.source, f.owner_user_id as "ownerUserId", f.tags,
  f.submissions_per_hour as "submissionsPerHour", f.active, f.version, f.created_at as "createdAt", f.updated_at as "updatedAt"`;
