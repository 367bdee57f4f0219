// The theme chosen before, set before anything is drawn; page.js turns it, this remembers it.
(() => {
  "use strict";
  const root = document.documentElement;
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
    new MutationObserver(() => localStorage.setItem("theme", root.dataset.theme || "")).observe(root, {
      attributeFilter: ["data-theme"],
    });
  } catch {
    // Without storage the theme follows the system.
  }
})();
