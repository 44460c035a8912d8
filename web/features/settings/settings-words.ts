import type { FormTarget } from "../../../shared/form-targets.ts";
import type { roles, scopes } from "../../../shared/roles.ts";
import type { RoleReach } from "../../../shared/v1/reach.ts";

export type Role = (typeof roles)[number];
export type Scope = (typeof scopes)[number];

export const roleWords: Record<Role, string> = {
  admin: "Admin",
  manager: "Manager",
  salesperson: "Salesperson",
  secretariat: "Secretariat",
};

/** What a role may do, in one line. */
export const roleMeans: Record<Role, string> = {
  admin: "Everything, and these settings.",
  manager: "All work, templates, forms and webhooks.",
  salesperson: "People, leads, deals, tasks and messages.",
  secretariat: "Reads; writes only through the salesperson API: leads, actions, communications.",
};

export const reachWords: Record<RoleReach["people"], string> = {
  own: "Their own",
  team: "Their teams’",
  all: "Everybody",
};

export const scopeWords: Record<Scope, string> = {
  read: "Read",
  write: "Read and write",
  admin: "Read, write and administer",
};

/** What a form’s field fills. */
export const targetWords: Record<FormTarget, string> = {
  name: "Full name",
  first_name: "First name",
  last_name: "Last name",
  email: "E-mail address",
  phone: "Phone number",
  company: "Company",
  position: "Job title",
  need: "What they need",
  note: "A note, kept with the submission",
};
