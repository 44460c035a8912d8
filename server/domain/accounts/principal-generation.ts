let generation = 0;

/** Which state of the accounts a cached caller was read from. */
export function principalGeneration(): number {
  return generation;
}

/**
 * Called after whatever takes a right away, so that this process stops honouring it at once; other processes follow within the
 * five seconds that a cached caller lives. Such changes are rare, so everything is forgotten together.
 */
export function forgetPrincipals(): void {
  generation += 1;
}
