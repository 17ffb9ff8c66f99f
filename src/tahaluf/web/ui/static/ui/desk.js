/* What makes the desk quicker with a script; every page works without. Marked by data attributes:
   data-rows (a table's body: j, k, Enter), data-key="a" (a button or link pressed by that key), data-copy="#id",
   data-drop (a zone around a file input), data-confirm="#dialog" (a form's button that asks first; ui/act.html), data-open="#dialog". */
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const announce = (text) => {
    const place = document.getElementById("announcer");
    if (!place || !text) return;
    place.textContent = "";
    setTimeout(() => { place.textContent = text; }, 50);
  };

  // Rows: the current one is marked, and its first link has the focus.
  const rows = () => all("[data-rows] > tr, tr[data-row]").filter((row) => row.querySelector("a[href]"));
  const currentRow = () => rows().findIndex((row) => row.contains(document.activeElement));
  const moveTo = (index) => {
    const among = rows();
    if (!among.length) return;
    const row = among[Math.max(0, Math.min(index, among.length - 1))];
    among.forEach((other) => other.classList.toggle("is-current", other === row));
    row.querySelector("a[href]").focus();
    row.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("focusin", (event) => {
    const here = event.target.closest("[data-rows] > tr, tr[data-row]");
    rows().forEach((row) => row.classList.toggle("is-current", row === here));
  });

  // Letters are keys on a box to tick, too; where one writes or chooses by letters they are letters.
  const isTyping = (target) =>
    target.closest("input:not([type=radio], [type=checkbox], [type=file]), textarea, select, [contenteditable]") !== null;
  const byKey = {
    j: () => moveTo(currentRow() + 1),
    k: () => moveTo(currentRow() - 1),
    "/": () => (document.querySelector("main input[type=search]") || document.querySelector("main input[type=text]"))?.focus(),
    "?": () => document.getElementById("help")?.showModal(),
  };
  // On an Arabic or Cyrillic keyboard a key is known by its place.
  const letterOf = ({ key, code, shiftKey }) =>
    key.length === 1 && key.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(code)
      ? (shiftKey ? code.slice(3) : code.slice(3).toLowerCase())
      : key;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const pressed = letterOf(event);
    const named = all("[data-key]").find((e) => e.dataset.key === pressed && !e.disabled && e.offsetParent);
    if (named) {
      event.preventDefault();
      if (named.matches("input, select, textarea")) named.focus(); // goes on from there
      if (!named.matches("input:not([type=radio]), select, textarea")) named.click();
    } else if (byKey[pressed]) {
      event.preventDefault();
      byKey[pressed]();
    }
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-copy], [data-confirm], [data-yes], [data-open], [data-close], [data-print]");
    if (!event.target.closest(".dropdown")) all(".dropdown[open]").forEach((open) => { open.open = false; });
    if (!target) return;
    if (target.dataset.copy) copy(target);
    if (target.dataset.open) document.querySelector(target.dataset.open)?.showModal();
    if (target.hasAttribute("data-close")) target.closest("dialog")?.close();
    if (target.hasAttribute("data-print")) window.print();
    if (target.dataset.confirm) confirmFirst(event, target);
    if (target.hasAttribute("data-yes")) confirmed(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all(".dropdown[open]").forEach((open) => { open.open = false; open.querySelector("summary").focus(); });
  });

  const copy = async (button) => {
    const source = document.querySelector(button.dataset.copy);
    const text = source ? (source.value ?? source.textContent).trim() : "";
    try {
      await navigator.clipboard.writeText(text);
      announce(button.dataset.copied);
      if (button.dataset.copied) button.querySelector("span, bdi")?.replaceChildren(button.dataset.copied);
    } catch {
      if (source) getSelection().selectAllChildren(source);
    }
  };

  // Nothing is sent before its dialog's [data-yes] is pressed; where the dialog is not there, nothing is sent at all.
  let asked = null;
  const confirmFirst = (event, button) => {
    event.preventDefault();
    asked = button;
    document.querySelector(button.dataset.confirm).showModal();
  };
  const confirmed = (yes) => {
    const button = asked;
    yes.closest("dialog").close();
    asked = null;
    if (button) button.form.requestSubmit(button);
  };

  const dropZones = (within) => all("[data-drop]", within).forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    if (!input || zone.dataset.ready) return;
    zone.dataset.ready = "yes";
    const over = (is) => (event) => { event.preventDefault(); zone.classList.toggle("drop--over", is); };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      announce(event.dataTransfer.files[0].name);
    });
  });

  // What htmx has put in: its zones work, and where it says what to announce ([data-announce]) that is announced.
  document.addEventListener("htmx:afterSettle", (event) => {
    dropZones(event.target);
    const said = event.target.matches?.("[data-announce]") ? event.target : event.target.querySelector?.("[data-announce]");
    announce(said?.dataset.announce);
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 403 || event.detail.xhr.status === 401) location.reload();
  });

  dropZones(document);
})();
