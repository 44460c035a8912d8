// Before the first paint, so that a dark screen never flashes white. A file of its own, because the page allows no inline script.
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("rapport-color-scheme") ?? "auto";
  } catch {
    // Storage is closed in some private windows: follow the system.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
