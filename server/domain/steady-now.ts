/** Time servers set a clock back by less than this; one that was further off has been put right. */
const longestStepMs = 5_000;

let latestMs = 0;

/**
 * The time of day, which stands still while the machine's clock is set back by a moment: what this process makes later is never older,
 * so that lists keep the order in which things were made, and what is due now does not wait.
 */
export function steadyNow(): Date {
  const readMs = Date.now();
  if (readMs >= latestMs || readMs < latestMs - longestStepMs) latestMs = readMs;
  return new Date(latestMs);
}
