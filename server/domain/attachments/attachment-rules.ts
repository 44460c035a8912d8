const mb = 1024 * 1024;

/** What mail servers commonly take as a whole; larger files are better sent as a link. */
export const largestAttachmentBytes = 25 * mb;

/** Programs and what starts them: nobody opens these from a customer's record. */
const refusedTypes =
  /^application\/(x-msdownload|x-elf|x-mach-binary|vnd\.android\.package-archive|x-apple-diskimage|x-ms-shortcut|java-vm|wasm|x-msi|vnd\.microsoft\.portable-executable)$/;
const refusedNames =
  /\.(exe|dll|com|scr|pif|bat|cmd|msi|msp|vbs|vbe|js|jse|wsf|wsh|hta|ps1|jar|apk|app|dmg|lnk|reg|cpl|sh)$/i;

/** Why a file may not be kept; undefined where it may. */
export function attachmentProblem(file: { filename: string; mimeType: string; sizeBytes: number }): string | undefined {
  if (file.sizeBytes === 0) return "The file is empty.";
  if (file.sizeBytes > largestAttachmentBytes) return tooLargeAttachment;
  if (refusedTypes.test(file.mimeType)) return `Files of the type ${file.mimeType} are not kept.`;
  const [, ending] = refusedNames.exec(file.filename) ?? [];
  return ending === undefined ? undefined : `Files that end in .${ending.toLowerCase()} are not kept.`;
}

export const tooLargeAttachment = `The file is larger than ${largestAttachmentBytes / mb} MB, which is the most for a file here.`;
