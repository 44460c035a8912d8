import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImapFlow } from "imapflow";
import { freePort } from "../harness/free-port.ts";

const binary = "/usr/sbin/dovecot";

/** Dovecot starts as root, and only where Debian's dovecot-imapd is installed. */
export const hasDovecot = existsSync(binary) && process.getuid?.() === 0;

export type Dovecot = {
  port: number;
  user: string;
  password: string;
  /** Puts a mail into the mailbox, as a mail server would. */
  deliver: (raw: Buffer, mailbox?: string) => Promise<void>;
  /** Another client at the same mailbox, for one piece of work. */
  use: (work: (client: ImapFlow) => Promise<unknown>) => Promise<void>;
  /** Breaks all connections, and answers nobody until it is started again. */
  crash: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

/** A real IMAP server on loopback, with a mailbox of its own. */
export async function startDovecot(): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), "dovecot-"));
  await chmod(folder, 0o755);
  const port = await freePort();
  const [user, password] = ["office", "correct-horse"];
  for (const name of ["run", "state", "mail"]) await mkdir(join(folder, name));
  await chmod(join(folder, "mail"), 0o777);
  const config = join(folder, "dovecot.conf");
  await writeFile(config, configOf(folder, port, password));
  let server = await launch(config, port);
  const use = async (work: (client: ImapFlow) => Promise<unknown>): Promise<void> => {
    const client = new ImapFlow({
      host: "127.0.0.1",
      port,
      secure: false,
      auth: { user, pass: password },
      logger: false,
    });
    client.on("error", () => {});
    await client.connect();
    await work(client);
    await client.logout();
  };
  return {
    port,
    user,
    password,
    use,
    deliver: (raw, mailbox = "INBOX") => use((client) => client.append(mailbox, raw)),
    crash: () => end(server, "SIGTERM"),
    async restart() {
      server = await launch(config, port);
    },
    async stop() {
      await end(server, "SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(config: string, port: number): Promise<ChildProcess> {
  const server = spawn(binary, ["-F", "-c", config], { stdio: "ignore" });
  for (let left = 600; left > 0; left -= 1) {
    if (server.exitCode !== null) throw new Error(`dovecot ended with ${server.exitCode}`);
    if (await answers(port)) return server;
  }
  throw new Error("dovecot does not answer");
}

async function answers(port: number): Promise<boolean> {
  const { connect } = await import("node:net");
  const { setTimeout: pause } = await import("node:timers/promises");
  const socket = connect({ host: "127.0.0.1", port });
  const first = await Promise.race([
    once(socket, "data").then(() => true),
    once(socket, "error").then(() => false),
  ]).catch(() => false);
  socket.destroy();
  if (!first) await pause(50);
  return first;
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, "exit");
}

function configOf(folder: string, port: number, password: string): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
`;
}
