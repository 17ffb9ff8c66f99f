/* The form of a decision: only what belongs to the chosen disposition is shown; without a script all of it is.
   Where one was refused, the field to be mended is shown and has the focus. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-decision]")) {
    const show = () => {
      const chosen = form.querySelector("input[data-shows]:checked");
      for (const group of form.querySelectorAll("[data-group]")) group.hidden = group.dataset.group !== chosen?.dataset.shows;
    };
    form.addEventListener("change", (event) => {
      show();
      // Chosen by its key, the form may be out of sight.
      if (event.target.dataset.shows) form.scrollIntoView({ block: "nearest" });
    });
    show();
  }
  const wrong = [...document.querySelectorAll("main form .error")].find((error) => error.offsetParent);
  const field = wrong?.closest(".field");
  if (field) {
    field.querySelector("input:checked, input, textarea, select")?.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  }
})();
