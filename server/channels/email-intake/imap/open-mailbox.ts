import type { ImapFlow } from "imapflow";
import type { ImapSettings } from "../../../domain/email/email-account.ts";
import { isPublicAddress } from "../../../domain/outbound-addresses/is-public-address.ts";
import { resolveAll } from "../../egress/guarded-lookup.ts";

export type MailboxAccess = ImapSettings & { password: string };

export type MailboxPolicy = { allowPrivate: boolean };

/** The server says no: the same again would be in vain until a person changes something. */
export class MailboxRefused extends Error {}

/** Connects, encrypts, signs in and opens the mailbox for reading; nothing in it is ever changed. */
export async function openMailbox(access: MailboxAccess, { allowPrivate }: MailboxPolicy): Promise<ImapFlow> {
  const { ImapFlow } = await import("imapflow");
  const { host, port, secure, user, password, mailbox } = access;
  // Judged and then called by number, so that the name cannot lead elsewhere meanwhile.
  const address = await addressOf(host, allowPrivate);
  const client = new ImapFlow({
    host: address,
    servername: host,
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: 5 * 60_000,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 6 * 60_000,
    // A server inside one's own network often has a certificate of its own making.
    tls: { rejectUnauthorized: isPublicAddress(address) },
  });
  // Unheard, a broken connection would end the process; whoever waits hears it by "close".
  client.on("error", () => {});
  try {
    await client.connect();
    await client.mailboxOpen(mailbox, { readOnly: true });
    return client;
  } catch (error) {
    client.close();
    throw refusalOf(error, access) ?? error;
  }
}

async function addressOf(host: string, allowPrivate: boolean): Promise<string> {
  const addresses = await resolveAll(host);
  const refused = allowPrivate ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
  if (refused) throw new MailboxRefused(`${host} lies in a private network.`);
  const [first] = addresses;
  if (!first) throw new Error(`${host} is not known.`);
  return first.address;
}

function refusalOf(error: unknown, { host, user, mailbox }: MailboxAccess): MailboxRefused | undefined {
  if (!(error instanceof Error)) return undefined;
  const said =
    "responseText" in error && typeof error.responseText === "string" ? ` It says: “${error.responseText}”` : "";
  if ("authenticationFailed" in error && error.authenticationFailed === true)
    return new MailboxRefused(`${host} does not accept the user ${user} with this password.${said}`, { cause: error });
  if ("mailboxMissing" in error && error.mailboxMissing === true)
    return new MailboxRefused(`${host} has no mailbox ${mailbox}.`, { cause: error });
  return undefined;
}
