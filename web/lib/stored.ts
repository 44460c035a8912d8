/** How long something is kept: by the browser, or by the tab for as long as it lives. */
type Keeper = "browser" | "tab";

/** Storage that never throws: some private windows close it, and a preference is not worth a crash. */
export function readStored(key: string, keeper: Keeper = "browser"): string | null {
  try {
    return storageOf(keeper).getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string, keeper: Keeper = "browser"): void {
  try {
    storageOf(keeper).setItem(key, value);
  } catch {
    // Kept for this page only.
  }
}

function storageOf(keeper: Keeper): Storage {
  return keeper === "tab" ? sessionStorage : localStorage;
}
