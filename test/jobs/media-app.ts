import { openChannels } from "../../server/channels/registry.ts";
import { sealSecret } from "../../server/domain/accounts/seal-secret.ts";
import { mediaFiles } from "../../server/domain/media/media-files.ts";
import { graphServer } from "../fakes/graph-server.ts";
import { testApp, testEncryptionKey } from "../harness/test-app.ts";

export const phoneNumberId = "106540352242922";
export const token = sealSecret(testEncryptionKey, "token-1");
export const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** An app whose files come from a fake of Meta's Graph API, and go there. */
export async function mediaApp() {
  const graph = await graphServer();
  const harness = await testApp({ graphUrl: graph.url });
  const { app, db, dataDir } = harness;
  const admin = await harness.headers();
  const files = mediaFiles(dataDir);
  const channels = openChannels({ db, encryptionKey: testEncryptionKey, appSecret: "s", graphUrl: graph.url, dataDir });
  const getFile = (id: number, more: Record<string, string> = {}) =>
    app.inject({ method: "GET", url: `/v1/media/${id}`, headers: { ...admin, ...more } });
  return { ...harness, graph, admin, files, channels, getFile };
}
