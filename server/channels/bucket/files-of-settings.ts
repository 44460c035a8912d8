import { type AttachmentFiles, attachmentFiles } from "../../domain/attachments/attachment-files.ts";
import { mediaFiles } from "../../domain/media/media-files.ts";
import type { BucketAddress } from "./bucket-address.ts";
import { s3Bucket } from "./s3-bucket.ts";

export type FileSettings = { dataDir: string; filesBucket?: BucketAddress | undefined };

/** Where attachments lie by the operator's settings. */
export function filesOfSettings({ dataDir, filesBucket }: FileSettings): AttachmentFiles {
  return attachmentFiles(mediaFiles(dataDir), filesBucket && s3Bucket(filesBucket));
}
