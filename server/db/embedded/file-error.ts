/** The errno of a system error, such as "EACCES". */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const words: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "there is a file of that name",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOENT: "no such file or folder",
};

/** What went wrong with a file, in words an operator understands. */
export function fileTrouble(error: unknown): string {
  const code = errorCode(error);
  return (code && words[code]) ?? code ?? String(error);
}
