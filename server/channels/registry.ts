import type { CtxOptions } from "../domain/context.ts";
import { mediaFiles } from "../domain/media/media-files.ts";
import type { ChannelSender } from "../domain/sends/channel-sender.ts";
import type { BucketAddress } from "./bucket/bucket-address.ts";
import { filesOfSettings } from "./bucket/files-of-settings.ts";
import { createEmailSender } from "./email/email-sender.ts";
import { mailAddresses } from "./email/mail-addresses.ts";
import { readMailFiles } from "./email/read-mail-files.ts";
import { simulatorTransport } from "./simulator/simulator-transport.ts";
import { createGraphSender } from "./whatsapp-cloud/graph-sender.ts";
import type { GraphTransport } from "./whatsapp-cloud/graph-transport.ts";
import { httpGraphTransport } from "./whatsapp-cloud/http-graph-transport.ts";
import { mediaUploader } from "./whatsapp-cloud/media-uploader.ts";

export type ChannelOptions = {
  db: CtxOptions["db"];
  encryptionKey: string;
  /** Signs the addresses of the simulator's media. */
  appSecret: string;
  graphUrl: string;
  dataDir: string;
  /** Where attachments are stored instead. */
  filesBucket?: BucketAddress | undefined;
  /** Stands in mails: tracked links, the way out of marketing. Without it mails have neither. */
  publicUrl?: string | undefined;
  /** Mail servers may stand in private networks. */
  allowPrivateWebhooks?: boolean | undefined;
  /** The mail server of the operator's settings, which may stand anywhere. */
  smtp?: { host: string; port: number } | undefined;
  now?: () => Date;
};

export type Channels = {
  /** Who sends for a provider; nobody for a gateway, which has no way out. */
  senderOf: (provider: string) => ChannelSender | undefined;
  /** The Graph API of a provider: Meta's, or the simulator's in process. */
  transportOf: (provider: string) => GraphTransport | undefined;
  close: () => void;
};

/** The ways out to the vendors, made once per process. */
export function openChannels(options: ChannelOptions): Channels {
  const { db, encryptionKey, appSecret, graphUrl, dataDir } = options;
  const clock = options.now === undefined ? {} : { now: options.now };
  const files = mediaFiles(dataDir);
  const cloud = httpGraphTransport(graphUrl);
  const transports = new Map<string, GraphTransport>([
    ["whatsapp_cloud", cloud],
    ["simulator", simulatorTransport({ db, appSecret, ...clock })],
  ]);
  const senders = new Map(
    [...transports].map(([provider, transport]) => {
      const upload = mediaUploader({ db, files, transport, ...clock });
      return [provider, createGraphSender(transport, { encryptionKey, upload, ...clock })] as const;
    }),
  );
  const email = createEmailSender({
    db,
    encryptionKey,
    addresses: mailAddresses({ publicUrl: options.publicUrl, encryptionKey }),
    policy: { allowPrivate: options.allowPrivateWebhooks ?? false, trusted: options.smtp },
    readFiles: readMailFiles(db, filesOfSettings(options)),
  });
  return {
    senderOf: (provider) => (provider === "email" ? email : senders.get(provider)),
    transportOf: (provider) => transports.get(provider),
    close() {
      email.close();
      cloud.close();
    },
  };
}
