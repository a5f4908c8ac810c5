// Runs before the page is drawn: light, dark, or as the machine says.
(() => {
  const root = document.documentElement;
  const machine = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; }
  };
  const apply = () => {
    const theme = chosen();
    root.dataset.bsTheme = theme === "auto" ? (machine.matches ? "dark" : "light") : theme;
    document.querySelectorAll("[data-theme-to]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeTo === theme));
    });
    document.dispatchEvent(new CustomEvent("theme"));
  };
  root.classList.add("has-js");
  apply();
  machine.addEventListener("change", apply);
  // Paper is white: charts and tables are drawn in the light colours while printing.
  window.addEventListener("beforeprint", () => {
    root.dataset.bsTheme = "light";
    document.dispatchEvent(new CustomEvent("theme"));
  });
  window.addEventListener("afterprint", apply);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-switch]").forEach((element) => { element.hidden = false; });
    apply();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-to]");
    if (!button) return;
    try { localStorage.setItem("theme", button.dataset.themeTo); } catch { /* private window: for this page only */ }
    root.dataset.bsTheme = button.dataset.themeTo;
    apply();
  });
})();
