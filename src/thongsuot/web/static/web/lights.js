// Elements with the same data-lights are twins: one lights the other, a click goes to it.
(() => {
  const twins = (element) => [...document.querySelectorAll(`[data-lights="${CSS.escape(element.dataset.lights)}"]`)];
  const light = (event, on) => {
    const element = event.target.closest?.("[data-lights]");
    if (element) twins(element).forEach((twin) => twin.classList.toggle("lit", on));
  };
  document.addEventListener("mouseover", (event) => light(event, true));
  document.addEventListener("mouseout", (event) => light(event, false));
  document.addEventListener("focusin", (event) => light(event, true));
  document.addEventListener("focusout", (event) => light(event, false));
  const go = (element) => {
    const twin = twins(element).find((one) => one !== element);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    twin?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };
  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-lights]");
    if (element && !event.target.closest("a, button, input, select, textarea, label, summary")) go(element);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-lights]")) go(event.target);
  });
  // "#light-ID" in the address: a citation opened from elsewhere.
  document.addEventListener("DOMContentLoaded", () => {
    const wanted = location.hash.startsWith("#light-") ? location.hash.slice(7) : "";
    const found = wanted && document.querySelector(`[data-lights="${CSS.escape(wanted)}"]`);
    if (found) {
      found.scrollIntoView({ block: "center" });
      twins(found).forEach((twin) => twin.classList.add("lit"));
    }
  });
})();
