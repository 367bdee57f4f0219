// Correcting: selected words become places in the text, and what went wrong is told beside its form.
(() => {
  "use strict";
  document.documentElement.dataset.scripted = "";
  const part = (id) => document.getElementById(id);
  // Strings count in UTF-16; places are code points of the text as it is shown.
  const points = (text) => [...text].length;

  function place(stretch, node, offset, otherwise) {
    if (!stretch.contains(node)) return otherwise;
    const range = document.createRange();
    range.selectNodeContents(stretch);
    range.setEnd(node, offset);
    return Number(stretch.dataset.at) + points(range.toString());
  }

  // What is selected in the review's text: from and to, the words, and the number of their sentence.
  function selectedWords() {
    const selection = getSelection();
    const text = part("words");
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const all = [...text.querySelectorAll("[data-at]")];
    const met = all.filter((one) => range.intersectsNode(one));
    if (!met.length) return null;
    const [first, last] = [met[0], met[met.length - 1]];
    const start = Number(first.dataset.at);
    const end = Number(last.dataset.at) + points(last.textContent);
    const from = place(first, range.startContainer, range.startOffset, start);
    const to = place(last, range.endContainer, range.endOffset, end);
    const shown = met.map((one) => one.textContent).join("");
    const words = [...shown].slice(from - start, to - start).join("");
    const begins = from + points(words) - points(words.trimStart());
    const own = met.filter((one) => Number(one.dataset.at) <= begins && pick(one)).pop();
    return words.trim() && own ? { from, to, words: words.trim(), pick: pick(own) } : null;
  }
  const pick = (inside) => inside.closest(".sentence").querySelector(".pick");

  function fill({ from, to, words }) {
    const details = part("adding");
    if (!details) return;
    details.open = true;
    const fields = details.querySelector("form").elements;
    fields.from.value = from;
    fields.to.value = to;
    // A field has no line breaks.
    fields.words.value = words.replace(/\s+/g, " ");
  }

  let taken = "";
  function take() {
    const found = selectedWords();
    const name = found ? `${found.from}-${found.to}` : "";
    if (name === taken) return;
    taken = name;
    const bench = part("bench");
    if (!found || !bench) return;
    if (bench.dataset.sentence === found.pick.dataset.start) {
      fill(found);
    } else {
      const address = found.pick.getAttribute("hx-get");
      htmx.ajax("GET", address, { source: found.pick, target: "#bench", swap: "outerHTML" }).then(() => fill(found));
    }
  }
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(take, 250);
  });
  document.addEventListener("select", (event) => {
    const picker = event.target;
    if (picker.id !== "picker") return;
    const before = Number(picker.dataset.at) + points(picker.value.slice(0, picker.selectionStart));
    const words = picker.value.slice(picker.selectionStart, picker.selectionEnd);
    if (words.trim()) fill({ from: before, to: before + points(words), words: words.trim() });
  });
  // Chromium has no caret in a field that is read-only; this one refuses to be written by itself.
  document.addEventListener("beforeinput", (event) => {
    if (event.target.id === "picker") event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "picker") event.target.value = event.target.defaultValue;
    if (event.target.id === "add-words") event.target.form.elements.from.value = event.target.form.elements.to.value = "";
  });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.target.closest("a, button") || !getSelection().isCollapsed) return;
    if (event.target.closest("#words .sentence")) pick(event.target)?.click();
  });

  // A refusal leaves the form as it is and is told in it.
  const formOf = (event) => event.detail.requestConfig.elt.closest("form.mend");
  function tell(form, words, status) {
    const told = form.querySelector(".trouble");
    told.textContent = words;
    if (status === 409) {
      const again = document.createElement("a");
      const sentence = part("bench").dataset.sentence;
      again.href = part("correcting").dataset.address + (sentence ? `?sentence=${sentence}` : "");
      again.textContent = "Show it as it is now";
      told.append(" ", again);
    }
    told.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    const form = formOf(event);
    if (!form || xhr.status < 400) return;
    event.detail.shouldSwap = event.detail.isError = false;
    const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
    tell(form, (answer.querySelector("[data-told], .lede") || answer.body).textContent.trim(), xhr.status);
  });
  document.addEventListener(
    "htmx:sendError",
    (event) => {
      const form = formOf(event);
      if (!form) return;
      event.stopPropagation();
      tell(form, "The server cannot be reached; nothing was changed. Try again in a moment.");
    },
    true,
  );
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (form) form.querySelector(".trouble").textContent = "";
    const said = part("said");
    if (said) said.textContent = "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const bench = part("bench");
    if (!bench) return;
    for (const one of document.querySelectorAll("#words .pick")) {
      if (one.dataset.start === bench.dataset.sentence) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
    // On narrow screens the bench lies over the text's end: the sentence goes above it.
    const sentence = bench.dataset.sentence && part(`at${bench.dataset.sentence}`);
    if (sentence && matchMedia("(max-width: 60rem)").matches) {
      const at = sentence.getBoundingClientRect();
      if (at.top < 0 || at.bottom > bench.getBoundingClientRect().top) sentence.scrollIntoView({ block: "start" });
    }
    // What had the focus may be gone with the form it stood in.
    if (document.activeElement === document.body) bench.focus({ preventScroll: true });
    taken = "";
  });
})();
