/** A visit may be completed so long before it begins: some come early. */
export const earlyVisitMs = 3_600_000;
