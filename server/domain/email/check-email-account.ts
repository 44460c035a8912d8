import { createPrivateKey } from "node:crypto";
import { DomainError, type FieldProblem } from "../domain-error.ts";
import type { StoredEmailAccount } from "./email-account.ts";
import { oneLine, readMailAddress } from "./mail-address.ts";

/** Why a server may not be called, completing "the server …"; undefined where it may. */
export type HostFault = (host: string) => string | undefined;

type Checks = { hostFault: HostFault; dkimKey: string | null };

/** The account with its texts in form, or a refusal that names everything wrong with it. */
export function checkEmailAccount(account: StoredEmailAccount, { hostFault, dkimKey }: Checks): StoredEmailAccount {
  const { address } = readMailAddress(account.fromAddress, "fromAddress");
  const problems = [
    ...serverProblems("smtp", account.smtp, hostFault),
    ...serverProblems("imap", account.imap, hostFault),
    ...signInProblems(account),
    ...dkimProblems(account, dkimKey),
  ];
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
  return { ...account, fromAddress: address, fromName: oneLine(account.fromName) };
}

type Server = { host: string; port: number } | null;

function serverProblems(path: "smtp" | "imap", server: Server, hostFault: HostFault): FieldProblem[] {
  if (server === null) return [];
  const isName = /^[a-z0-9._:-]{1,253}$/i.test(server.host);
  const fault = isName ? hostFault(server.host) : "must be the name of a mail server";
  return [
    ...(fault === undefined ? [] : [{ path: `${path}.host`, message: `the server ${fault}` }]),
    ...(server.port >= 1 && server.port <= 65_535
      ? []
      : [{ path: `${path}.port`, message: "port must be 1 to 65535" }]),
  ];
}

function signInProblems({ smtp, imap, smtpPasswordSealed, imapPasswordSealed }: StoredEmailAccount): FieldProblem[] {
  return [
    ...(smtp !== null && smtp.user !== null && smtpPasswordSealed === null
      ? [{ path: "smtp.password", message: "smtp.password is required where there is a user" }]
      : []),
    ...(imap !== null && imapPasswordSealed === null
      ? [{ path: "imap.password", message: "imap.password is required" }]
      : []),
  ];
}

function dkimProblems({ dkim, dkimKeySealed }: StoredEmailAccount, key: string | null): FieldProblem[] {
  if (dkim !== null && dkimKeySealed === null)
    return [{ path: "dkim.privateKey", message: "dkim.private_key is required" }];
  if (key === null) return [];
  try {
    const { asymmetricKeyType } = createPrivateKey(key);
    if (asymmetricKeyType === "rsa" || asymmetricKeyType === "ed25519") return [];
  } catch {
    // Said below, in one way for whatever it is.
  }
  return [{ path: "dkim.privateKey", message: "dkim.private_key must be an RSA or Ed25519 private key in PEM" }];
}
