export const roles = ["admin", "manager", "salesperson", "secretariat"] as const;

export type Role = (typeof roles)[number];

/** Whether a role writes where nothing else is said: everybody does but the secretariat. */
export function mayWrite(role: Role): boolean {
  return role !== "secretariat";
}

/** What an API key may; each includes the ones before it. */
export const scopes = ["read", "write", "admin"] as const;

export type Scope = (typeof scopes)[number];
