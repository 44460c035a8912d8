import { type LookupAddress, promises } from "node:dns";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "./is-public-address.ts";

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
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) return callback(new Error(`${hostname} has no address`), "");
        if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new AddressRefused(hostname), "");
        if (options.all) return callback(null, addresses);
        return callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ""),
    );
  };
}
