// Ties the words of the review to what was read in them, opens veils, switches layers.
(() => {
  "use strict";
  const root = document.documentElement;
  const body = document.body;

  // Every element that shows a claim, by the claim's id.
  const shown = new Map();
  for (const el of document.querySelectorAll("[data-claims]")) {
    for (const id of ids(el)) {
      if (!shown.has(id)) shown.set(id, []);
      shown.get(id).push(el);
    }
  }
  function ids(el) {
    return (el.dataset.claims || "").split(" ").filter(Boolean);
  }
  const isPiece = (el) => el.classList.contains("piece");

  let lit = [];
  function dim() {
    for (const el of lit) el.classList.remove("lit");
    lit = [];
  }
  // From the panel, all words of the claim; from the text, all claims on the word,
  // but only the words of the narrowest one, or a whole sentence would flare up.
  function light(el) {
    dim();
    const claims = ids(el);
    const narrowest = claims[claims.length - 1];
    for (const id of claims) {
      for (const other of shown.get(id) || []) {
        if (isPiece(el) && isPiece(other) && id !== narrowest) continue;
        other.classList.add("lit");
        lit.push(other);
      }
    }
  }
  const source = (event) => (event.target instanceof Element ? event.target.closest("[data-claims]") : null);
  // A claim that was followed stays lit while the page scrolls away under a resting
  // pointer, and until another one is pointed at or focused.
  let pinned = false;
  let moved = true;
  document.addEventListener("pointermove", (event) => {
    if (event.movementX || event.movementY) moved = true;
  });
  document.addEventListener("pointerover", (event) => {
    const el = source(event);
    if (pinned && !(el && moved)) return;
    pinned = false;
    if (el) light(el);
    else dim();
  });
  document.addEventListener("focusin", (event) => {
    const el = source(event);
    pinned = false;
    if (el) light(el);
    else dim();
  });
  document.addEventListener("focusout", () => {
    if (!pinned) dim();
  });

  function outOfView(el, box) {
    const at = el.getBoundingClientRect();
    const within = box ? box.getBoundingClientRect() : { top: 0, bottom: window.innerHeight };
    return at.top < within.top || at.bottom > Math.min(within.bottom, window.innerHeight);
  }

  // Go to the other end of a claim: from the panel to the words, from the words to the panel.
  function follow(el) {
    const claims = ids(el);
    if (isPiece(el)) {
      for (const id of claims.slice().reverse()) {
        const item = (shown.get(id) || []).find((o) => o.classList.contains("claim") && o.checkVisibility());
        if (!item) continue;
        const panel = item.closest(".panel");
        if (panel && panel.scrollHeight > panel.clientHeight && outOfView(item, panel)) {
          const by = item.getBoundingClientRect().top - panel.getBoundingClientRect().top;
          panel.scrollBy({ top: by - panel.clientHeight / 3 });
        } else if (panel && outOfView(item, null)) {
          item.scrollIntoView({ block: "center" });
        }
        break;
      }
    } else {
      const words = (shown.get(claims[0]) || []).find(isPiece);
      if (words && outOfView(words, null)) words.scrollIntoView({ block: "center" });
    }
    light(el);
    pinned = true;
    moved = false;
  }

  // Veils. An opened sentence opens everything that was veiled with it, and nothing more.
  const veils = [...document.querySelectorAll("[data-veils]")];
  const inText = (el) => el.classList.contains("sentence");
  function setVeil(el, on) {
    if (el.classList.contains("veiled") === on) return;
    el.classList.toggle("veiled", on);
    const inner = el.querySelector(".inner");
    inner.inert = on;
    if (on) inner.setAttribute("aria-hidden", "true");
    else inner.removeAttribute("aria-hidden");
    if (on) el.setAttribute("aria-label", "Spoiler: open");
    else el.removeAttribute("aria-label");
    if (inText(el)) {
      if (on) {
        el.setAttribute("role", "button");
        el.tabIndex = 0;
      } else {
        el.removeAttribute("role");
        el.removeAttribute("tabindex");
      }
    } else if (on) {
      el.removeAttribute("title");
    } else {
      el.title = el.dataset.tooltip || el.title;
    }
  }
  const opened = new Set();
  function open(el) {
    for (const id of el.dataset.veils.split(" ")) opened.add(id);
    for (const other of veils) {
      if (other.dataset.veils.split(" ").every((id) => opened.has(id))) setVeil(other, false);
    }
    if (inText(el)) {
      // The veil could be focused and the sentence cannot: hand the focus to its first claim.
      const next = el.querySelector('[role="button"]') || el.querySelector(".piece");
      if (next) {
        if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
        next.focus({ preventScroll: true });
      }
    }
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const veil = event.target.closest(".veiled");
    if (veil) {
      open(veil);
      return;
    }
    const el = source(event);
    if (el) follow(el);
  });

  // One tab stop for all claims in a text, and one for the strip; arrows move within.
  function walk(el, key) {
    const scope = el.closest(".text, .strip");
    if (!scope) return false;
    const stops = [...scope.querySelectorAll(scope.matches(".strip") ? ".cell" : '.piece[role="button"]')].filter(
      (o) => !o.closest("[inert]"),
    );
    const at = stops.indexOf(el);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    const to = key === "Home" ? 0 : key === "End" ? stops.length - 1 : at + step;
    if (at < 0 || !stops[to]) return false;
    el.tabIndex = -1;
    stops[to].tabIndex = 0;
    stops[to].focus();
    return true;
  }
  // The one stop must not be left under a veil, where it cannot be reached.
  function anchor() {
    for (const text of document.querySelectorAll(".text")) {
      const stops = [...text.querySelectorAll('.piece[role="button"]')].filter((o) => !o.closest("[inert]"));
      if (stops.length && !stops.some((o) => o.tabIndex === 0)) stops[0].tabIndex = 0;
    }
  }
  anchor();
  document.addEventListener("keydown", (event) => {
    const el = event.target;
    if (!(el instanceof HTMLElement)) return;
    if (event.key === "Escape") {
      pinned = false;
      dim();
    }
    const pressed = event.key === "Enter" || event.key === " ";
    // Buttons do this by themselves; spans with the role of a button do not.
    if (pressed && el.tagName === "SPAN" && el.getAttribute("role") === "button") {
      event.preventDefault();
      el.click();
    } else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key) && walk(el, event.key)) {
      event.preventDefault();
    }
  });

  for (const tool of document.querySelectorAll("[data-layer]")) {
    tool.addEventListener("click", () => {
      const on = tool.getAttribute("aria-pressed") !== "true";
      tool.setAttribute("aria-pressed", String(on));
      if (tool.dataset.layer === "spoilers") {
        opened.clear();
        for (const el of veils) {
          if (on) for (const id of el.dataset.veils.split(" ")) opened.add(id);
          setVeil(el, !on);
        }
        anchor();
      } else {
        body.classList.toggle(`no-${tool.dataset.layer}`, !on);
      }
    });
  }

  document.querySelector("[data-theme-toggle]").addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
})();
