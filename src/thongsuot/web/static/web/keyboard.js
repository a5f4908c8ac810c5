// "/" search, "j" "k" rows, "Enter" open, "x" choose, "?" help.
(() => {
  const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");
  const rows = () => [...document.querySelectorAll("table.rows tbody tr, [data-rows] > *")];
  let current = null;

  const mark = (row) => {
    current?.classList.remove("is-current");
    current = row;
    row.classList.add("is-current");
    row.scrollIntoView({ block: "nearest" });
    (row.querySelector("a[href]") || row.querySelector("button, input"))?.focus({ preventScroll: true });
  };
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current);
    mark(all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))]);
  };
  const keys = {
    "/": () => (document.querySelector("[data-search]") || document.querySelector("input[type=search]"))?.select(),
    j: () => step(1),
    k: () => step(-1),
    x: () => current?.querySelector("[data-choose]")?.click(),
    "?": () => document.getElementById("keys")?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter" && current && !event.target.closest("a, button, summary")) {
      event.preventDefault(); // a tick box would send the form around it
      current.querySelector("a[href]")?.click();
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
      if (event.key === "/") document.activeElement?.focus();
    }
  });
  // The box on top and what is suggested under it: arrows walk, Escape closes.
  const box = document.querySelector("[data-search]");
  box?.form.addEventListener("keydown", (event) => {
    const stops = [box, ...box.form.querySelectorAll(".top-found a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (at >= 0 && stops[to]) {
      event.preventDefault();
      stops[to].focus();
    } else if (event.key === "Escape") {
      box.form.querySelector(".top-found")?.replaceChildren();
      box.focus();
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (!event.target.closest?.(".top-search")) current = null; });
})();
