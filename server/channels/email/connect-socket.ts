import { connect, isIP, type Socket } from "node:net";
import { isPublicAddress } from "../../domain/outbound-addresses/is-public-address.ts";
import { guardedLookup, type Resolve, resolveAll } from "../egress/guarded-lookup.ts";
import { demoHost, demoMailServer } from "./demo/demo-mail-server.ts";

export type SocketPolicy = {
  /** Loopback and private networks too. */
  allowPrivate: boolean;
  /** The server of the operator's own settings: it may stand anywhere. */
  trusted?: ServerPlace | undefined;
  resolve?: Resolve;
  /** Whether an address lies outside our own network; the world's rules where not said. */
  isOutside?: (address: string) => boolean;
};

export type ServerPlace = { host: string; port: number };

/** Nothing was said to anybody: the name leads nowhere, or where nobody listens, or where we do not go. */
export class NotConnected extends Error {}

/** An open connection to a mail server somebody named; a server inside our own network is refused unless the operator allows it. */
export function connectSocket(server: ServerPlace, policy: SocketPolicy, timeoutMs: number): Promise<Socket> {
  const { host, port } = server.host === demoHost ? demoMailServer() : server;
  const mayLeadInside = policy.allowPrivate || server.host === demoHost || isTrusted(server, policy);
  if (!mayLeadInside && isIP(host) !== 0 && !isPublicAddress(host))
    return Promise.reject(new NotConnected(`${host} lies in a private network`));
  const lookup = mayLeadInside ? {} : { lookup: guardedLookup(policy.resolve ?? resolveAll) };
  const socket = connect({ host, port, ...lookup });
  return new Promise((done, fail) => {
    const late = new Error(`no connection to ${host}:${port} within ${timeoutMs} ms`);
    const timer = setTimeout(() => giveUp(late), timeoutMs);
    const giveUp = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      fail(new NotConnected(reasonOf(error), { cause: error }));
    };
    socket.once("error", giveUp);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", giveUp);
      done(socket);
    });
  });
}

/** Whether what is said over it leaves our own network. */
export function leadsOutside(socket: Socket, { isOutside = isPublicAddress }: SocketPolicy): boolean {
  return socket.remoteAddress === undefined || isOutside(socket.remoteAddress);
}

function isTrusted({ host, port }: ServerPlace, { trusted }: SocketPolicy): boolean {
  return trusted !== undefined && trusted.host === host && trusted.port === port;
}

function reasonOf(error: Error): string {
  // Several addresses tried in vain come as one error without words of its own.
  if (error instanceof AggregateError) return error.errors.map((each) => reasonOf(each)).join("; ");
  return error.message;
}
