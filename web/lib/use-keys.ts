import { useEffect, useEffectEvent } from "react";
import { singleKeysEnabled } from "./single-keys.ts";

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

/** Single-key shortcuts for the whole page; never while somebody types, and never with a modifier but shift. */
export function useKeys(keys: KeyMap): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    if (isTyping(event.target) || isLayerOpen()) return;
    if (event.key !== "Escape" && !singleKeysEnabled()) return;
    keys[event.key]?.(event);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type === "checkbox") return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** A dialog or an open menu on top has the keys to itself. */
function isLayerOpen(): boolean {
  return document.querySelector('[aria-modal="true"], [data-position]:is([role="menu"], [role="dialog"])') !== null;
}
