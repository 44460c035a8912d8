import { type RefCallback, useCallback } from "react";

/** Keeps what is said at the foot of the window above an element that stands there: the field one writes in. */
export function useToastRoom(): RefCallback<HTMLElement> {
  return useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const { style } = document.documentElement;
    const measure = () =>
      style.setProperty("--toast-room", `${Math.max(0, window.innerHeight - element.getBoundingClientRect().top)}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
      style.removeProperty("--toast-room");
    };
  }, []);
}
