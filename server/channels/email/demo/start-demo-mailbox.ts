import type { SMTPServer } from "smtp-server";
import type { CtxOptions } from "../../../domain/context.ts";
import { createCtx } from "../../../domain/context.ts";
import { keepSimulatedMail } from "../../../domain/email/demo/simulated-mail.ts";
import { listEmailAccounts } from "../../../domain/email/list-email-accounts.ts";
import { createEmailAccount } from "../../../domain/email/save-email-account.ts";
import { announceDemoMailServer, demoHost } from "./demo-mail-server.ts";
import { readSimulatedMail } from "./read-simulated-mail.ts";

export type DemoMailbox = { port: number; close: () => Promise<void> };

type Options = {
  db: CtxOptions["db"];
  companyId: number;
  encryptionKey: string;
  onError: (error: unknown) => void;
};

const largestMailBytes = 25 * 1024 * 1024;

/**
 * A real SMTP server on a free port of loopback, where the demo's account sends and every mail ends; nothing goes further. Its mails are
 * read and answered by the simulator.
 */
export async function startDemoMailbox({ db, companyId, encryptionKey, onError }: Options): Promise<DemoMailbox> {
  const { SMTPServer: Server } = await import("smtp-server");
  const server = new Server({
    authOptional: true,
    hideSTARTTLS: true,
    banner: "Rapport demo",
    size: largestMailBytes,
    maxClients: 20,
    socketTimeout: 60_000,
    // Sessions that our own sender keeps open hold no stop up.
    closeTimeout: 500,
    onData(stream, session, answer) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = {
        envelopeFrom: mailFrom === false ? "" : mailFrom.address,
        envelopeTo: rcptTo.map(({ address }) => address),
      };
      void keep(readSimulatedMail(stream, envelope), { db, companyId, onError }).then(answer);
    },
  });
  server.on("error", onError);
  const port = await listen(server);
  announceDemoMailServer(port);
  await connectDemoAccount({ db, companyId, encryptionKey });
  return {
    port,
    close() {
      announceDemoMailServer(undefined);
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** Undefined where the mail is kept: the server then says 250. */
async function keep(
  mail: ReturnType<typeof readSimulatedMail>,
  { db, companyId, onError }: Pick<Options, "db" | "companyId" | "onError">,
): Promise<Error | undefined> {
  try {
    await keepSimulatedMail(db, companyId, await mail);
    return undefined;
  } catch (error) {
    onError(error);
    return new Error("The mail could not be kept");
  }
}

async function listen(server: SMTPServer): Promise<number> {
  await new Promise<void>((listening, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", listening);
  });
  const address = server.server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function connectDemoAccount({ db, companyId, encryptionKey }: Omit<Options, "onError">): Promise<void> {
  const ctx = createCtx({ db, companyId, actor: { kind: "system" } });
  const accounts = await listEmailAccounts(ctx);
  if (accounts.some(({ smtp }) => smtp !== null)) return;
  const smtp = { host: demoHost, port: 25, secure: false, user: null };
  await createEmailAccount(
    ctx,
    { fromAddress: "hello@demo.example", fromName: "Demo", name: "Demo mailbox", smtp },
    { encryptionKey, hostFault: () => undefined },
  );
}
