// What pages do besides htmx: print, and say that a part could not be had.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });
  // A bar that is open closes when it is chosen again.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target, pathInfo } = event.detail;
    if (!target || !elt.matches(".side, .lane")) return;
    if (target.dataset.open === pathInfo.requestPath) {
      event.preventDefault();
      target.replaceChildren();
      delete target.dataset.open;
    } else {
      target.dataset.open = pathInfo.requestPath;
    }
  });
  document.addEventListener("htmx:sendError", (event) => told(event.detail.target, "The server cannot be reached."));
  document.addEventListener("htmx:responseError", (event) =>
    told(event.detail.target, event.detail.xhr.status === 429 ? "Too quick; wait a moment." : "This could not be had."),
  );
  function told(target, words) {
    if (!target) return;
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = words;
    target.replaceChildren(note);
  }
})();
