import { type LookupAddress, promises } from "node:dns";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "../../domain/outbound-addresses/is-public-address.ts";

export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** A name that leads into a private network. */
export class AddressRefused extends Error {
  constructor(hostname: string) {
    super(`${hostname} leads into a private network`);
    this.name = "AddressRefused";
  }
}

/** Every address of a name, as the system resolves it. */
export const resolveAll: Resolve = (hostname) => promises.lookup(hostname, { all: true });

/**
 * The lookup of a connection: the addresses that were judged are the ones connected to, so that a name that resolves otherwise a
 * moment later (DNS rebinding) gains nothing. One inner address among several spoils them all.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => void answer(hostname, options, callback);

  async function answer(...[hostname, options, callback]: Parameters<LookupFunction>): Promise<void> {
    let found: LookupAddress[];
    try {
      found = await publicAddresses(hostname, resolve);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), "");
      return;
    }
    const [first] = found;
    if (options.all || !first) callback(null, found);
    else callback(null, first.address, first.family);
  }
}

async function publicAddresses(hostname: string, resolve: Resolve): Promise<LookupAddress[]> {
  const found = await resolve(hostname);
  if (found.length === 0) throw new Error(`${hostname} has no address`);
  if (!found.every(({ address }) => isPublicAddress(address))) throw new AddressRefused(hostname);
  return found;
}
