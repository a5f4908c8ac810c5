// "?at=…" in the address: bring the cited words into view, also where the link had no "#at".
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector("[data-at]")?.scrollIntoView({ block: "center" });
  });
})();
