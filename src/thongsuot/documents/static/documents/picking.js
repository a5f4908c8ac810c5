// Selecting words of a document picks the point they stand in, or makes a point of them; without it the links
// beside each point and typing into the field do the same.
(() => {
  const chosen = () => {
    const selection = document.getSelection();
    return selection && !selection.isCollapsed ? selection : null;
  };
  const element = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement);

  // <div data-picks="id of the bar"> holds <div data-rest="address" data-label="…"> for each point.
  const picks = (place) => {
    const bar = document.getElementById(place.dataset.picks);
    if (!bar) return;
    document.addEventListener("selectionchange", () => {
      const selection = chosen();
      const point = selection && element(selection.anchorNode)?.closest("[data-rest]");
      if (!point || !place.contains(point)) return; // a bar once shown stays until other words are selected
      bar.action = point.dataset.rest;
      bar.querySelector("[data-picked]").textContent = point.dataset.label;
      bar.hidden = false;
      point.after(bar);
    });
  };

  // <div data-makes="id of the field">: the text of the source; <button data-make> writes what is selected as a line.
  const makes = (place) => {
    const field = document.getElementById(place.dataset.makes);
    const button = place.querySelector("[data-make]");
    const text = place.querySelector("[data-text]");
    if (!field || !button || !text) return;
    place.hidden = false;
    const words = () => {
      const selection = chosen();
      return selection && text.contains(selection.anchorNode) && text.contains(selection.focusNode) ? selection.toString().replace(/\s+/g, " ").trim() : "";
    };
    document.addEventListener("selectionchange", () => { button.disabled = !words(); });
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    button.addEventListener("click", () => {
      const said = words();
      if (!said) return;
      const at = field.selectionStart ?? field.value.length;
      const whole = at === 0 || at >= field.value.length ? field.value.length : (field.value.indexOf("\n", at) + 1 || field.value.length + 1) - 1;
      const before = field.value.slice(0, whole).replace(/\n+$/, "");
      field.value = `${before}${before ? "\n" : ""}${said}${field.value.slice(whole) || "\n"}`;
      const end = before.length + (before ? 1 : 0) + said.length;
      field.setSelectionRange(end, end);
      field.dispatchEvent(new Event("input", { bubbles: true })); // drafts keep it
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-picks]").forEach(picks);
    document.querySelectorAll("[data-makes]").forEach(makes);
  });
})();
