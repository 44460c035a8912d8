export const roles = ["admin", "manager", "salesperson", "secretariat"] as const;

/** What an API key may; each includes the ones before it. */
export const scopes = ["read", "write", "admin"] as const;
