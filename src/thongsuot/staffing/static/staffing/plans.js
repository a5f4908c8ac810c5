// A person dragged onto a place of the sheet: the form asks why, and the next version is computed. Without a mouse, or
// without this script, the link beside each person leads to the same form.
(() => {
  const dialog = document.getElementById("move-here");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  let held = null;

  const place = (event) => event.target.closest("[data-seat-here]");
  document.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-person]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.person);
    held.classList.add("is-held");
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    document.querySelectorAll(".is-over").forEach((row) => row.classList.remove("is-over"));
    held = null;
  });
  document.addEventListener("dragover", (event) => {
    const row = place(event);
    if (!held || !row) return;
    event.preventDefault();
    document.querySelectorAll(".is-over").forEach((other) => other !== row && other.classList.remove("is-over"));
    row.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const row = place(event);
    if (!held || !row) return;
    event.preventDefault();
    form.elements.person.value = held.dataset.person;
    form.elements.unit.value = row.dataset.unit;
    form.elements.position.value = row.dataset.position;
    dialog.querySelector("[data-words]").textContent = `${held.dataset.name} → ${row.dataset.positionName}, ${row.dataset.unitName}`;
    dialog.showModal();
  });
})();
