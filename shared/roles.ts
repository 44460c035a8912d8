export const roles = ["admin", "manager", "salesperson", "secretariat"] as const;
