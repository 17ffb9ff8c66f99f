/* The form of a decision: only what belongs to the chosen disposition is shown; without a script all of it is. */
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
})();
