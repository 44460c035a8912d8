import type { Instance } from "./instance.ts";
import { type Quota, type QuotaRule, type Share, takeShare } from "./take-quota.ts";

type Lease = Share & { left: number };

/**
 * The same quota for the hot path: a process takes a hundredth of the limit at a time from the database and counts it down alone,
 * so that a request costs no write and usually no promise. A share nobody uses up is lost for that window.
 */
export function createQuotaLeases(instance: Instance) {
  const leases = new Map<string, Lease>();
  const taking = new Map<string, Promise<Lease>>();

  const renew = async (rule: QuotaRule): Promise<Lease> => {
    const now = instance.now();
    const share = await takeShare(instance.db, rule, Math.max(1, Math.ceil(rule.limit / 100)), now);
    const lease = { ...share, left: share.granted };
    forgetEnded(leases, now.getTime());
    leases.set(rule.key, lease);
    return lease;
  };

  const takeLater = async (rule: QuotaRule): Promise<Quota> => {
    for (;;) {
      const running = taking.get(rule.key) ?? renew(rule).finally(() => taking.delete(rule.key));
      taking.set(rule.key, running);
      await running;
      // Others waited for the same share and may have used it up.
      const quota = takeNow(leases, rule, instance.now().getTime());
      if (quota) return quota;
    }
  };

  return (rule: QuotaRule): Quota | Promise<Quota> =>
    takeNow(leases, rule, instance.now().getTime()) ?? takeLater(rule);
}

function takeNow(leases: Map<string, Lease>, rule: QuotaRule, now: number): Quota | undefined {
  const lease = leases.get(rule.key);
  if (!lease || lease.knownUntil <= now) return undefined;
  const secondsTo = (at: number) => Math.max(1, Math.ceil((at - now) / 1000));
  const { limit } = rule;
  if (lease.left > 0) {
    lease.left -= 1;
    const remaining = lease.remaining + lease.left;
    const resetSeconds = secondsTo(remaining > 0 ? lease.knownUntil : lease.resetsAt);
    return { allowed: true, limit, remaining, resetSeconds };
  }
  // Nothing granted: no need to ask again before the next one may pass.
  if (lease.granted > 0) return undefined;
  return { allowed: false, limit, remaining: 0, resetSeconds: secondsTo(lease.knownUntil) };
}

const sweepAbove = 10_000;

function forgetEnded(leases: Map<string, Lease>, now: number): void {
  if (leases.size < sweepAbove) return;
  for (const [key, lease] of leases) if (lease.knownUntil <= now) leases.delete(key);
}
