import type { FormTarget } from "../../../shared/form-targets.ts";
import { type Role, roles, type Scope } from "../../../shared/roles.ts";
import type { RoleReach } from "../../../shared/v1/reach.ts";

export const roleWords: Record<Role, string> = {
  admin: "Admin",
  manager: "Manager",
  salesperson: "Salesperson",
  secretariat: "Secretariat",
};

export const roleChoices = roles.map((role) => ({ value: role, label: roleWords[role] }));

/** What a role may do, in one line. */
export const roleMeans: Record<Role, string> = {
  admin: "Everything, and these settings.",
  manager: "All work, templates, forms and webhooks.",
  salesperson: "People, leads, deals, tasks and messages.",
  secretariat: "Reads; writes only through the salesperson API: leads, actions, communications.",
};

/** Whose people a role sees. */
export const reachChoices = [
  { value: "own", label: "Their own" },
  { value: "team", label: "Their teams’" },
  { value: "all", label: "Everybody" },
] satisfies { value: RoleReach["people"]; label: string }[];

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
