/** Keeps the page for the time without a network. */

export async function setUpOffline(status: HTMLElement): Promise<void> {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  try {
    await navigator.serviceWorker.register("service-worker.js");
    await navigator.serviceWorker.ready;
    status.textContent = "Works offline";
  } catch {
    // Some browsers refuse, in private windows say: the page does without.
  }
}
