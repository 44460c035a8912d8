import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, describe, expect, test } from "vitest";
import type { SocketPolicy } from "../../../server/channels/email/connect-socket.ts";
import { refused } from "../../../server/channels/email/smtp-outcome.ts";
import { openSession, SessionRefused } from "../../../server/channels/email/smtp-session.ts";

/** Loopback seen as a server far away. */
const outside: SocketPolicy = { allowPrivate: true, isOutside: () => true };
const inside: SocketPolicy = { allowPrivate: true };

/** A server that takes any password and remembers it; its certificate is signed by nobody. */
async function server(options: SMTPServerOptions) {
  const passwords: unknown[] = [];
  const smtp = new SMTPServer({
    ...options,
    logger: false,
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      passwords.push(auth.password);
      done(null, { user: "desk" });
    },
  });
  smtp.on("error", () => {});
  await new Promise<void>((done) => smtp.listen(0, "127.0.0.1", done));
  afterAll(() => new Promise<void>((done) => smtp.close(() => done())));
  const address = smtp.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const account = { host: "127.0.0.1", port, secure: options.secure ?? false, user: "desk", password: "secret" };
  return { account, passwords };
}

/** What the refusal of a session means for the mail that waits, and how it is told. */
async function refusalOf(...[account, policy]: Parameters<typeof openSession>) {
  const error: unknown = await openSession(account, policy).catch((fault: unknown) => fault);
  if (!(error instanceof SessionRefused)) throw new Error("the session was not refused", { cause: error });
  const outcome = refused(error.refusal);
  return outcome.kind === "refused" ? outcome.error : undefined;
}

const unsafe = { class: "account_setup", details: expect.stringContaining("cannot be encrypted safely") };

describe("a password", () => {
  test("never goes to a server outside that offers no encryption", async () => {
    const { account, passwords } = await server({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] });
    expect(await refusalOf(account, outside)).toMatchObject(unsafe);
    expect(passwords).toEqual([]);
  });

  test("never goes out where somebody in between takes the offer of encryption away", async () => {
    const { account, passwords } = await server({ hideSTARTTLS: true });
    expect(await refusalOf(account, outside)).toMatchObject(unsafe);
    expect(passwords).toEqual([]);
  });

  test("goes in the clear only inside our own net", async () => {
    const { account, passwords } = await server({ hideSTARTTLS: true });
    (await openSession(account, inside)).quit();
    expect(passwords).toEqual(["secret"]);
  });

  test.each([
    ["after STARTTLS", {}],
    ["from the first byte", { secure: true }],
  ])("is not given to a server whose certificate nobody vouches for, %s", async (_when, options) => {
    const { account, passwords } = await server(options);
    for (const policy of [inside, outside]) {
      const refusal = await refusalOf(account, policy);
      expect(refusal).toMatchObject(unsafe);
      expect(refusal?.details).toMatch(/certificate/i);
    }
    expect(passwords).toEqual([]);
  });
});
