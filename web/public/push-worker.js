// Shows what is pushed and opens the bell. It caches nothing and answers no request of the page.
self.addEventListener("push", (event) => {
  let told = { title: "Rapport", tag: "rapport" };
  try {
    told = { ...told, ...event.data.json() };
  } catch {
    // A push without words still has to be shown, or the browser takes the permission away.
  }
  event.waitUntil(self.registration.showNotification(told.title, { tag: told.tag, icon: "/icon.svg" }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openBell());
});

async function openBell() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => each.visibilityState === "visible") ?? pages[0];
  if (!page) return self.clients.openWindow("/inbox#notifications");
  page.postMessage({ open: "notifications" });
  return page.focus();
}
