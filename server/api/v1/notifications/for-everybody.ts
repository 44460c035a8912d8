/** One's own bell: everybody may ring it off, whatever else their role may write. */
export const forEverybody = { roles: ["admin", "manager", "salesperson", "secretariat"] } as const;
