// A table of numbers filled in like a sheet: arrows and Enter move, a column pasted from Excel fills downwards.
(() => {
  const cells = (table) => [...table.querySelectorAll("input.num")];

  const column = (input) => {
    const name = input.name.charAt(0);
    return cells(input.closest("form")).filter((other) => other.name.charAt(0) === name);
  };

  const move = (input, step) => {
    const all = column(input);
    const next = all[all.indexOf(input) + step];
    if (next) {
      next.focus();
      next.select();
    }
  };

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches?.("[data-grid] input.num")) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(input, step);
  });

  document.addEventListener("paste", (event) => {
    const input = event.target;
    if (!input.matches?.("[data-grid] input.num")) return;
    const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
    if (lines.length < 2) return;
    event.preventDefault();
    const all = column(input);
    const first = all.indexOf(input);
    lines.forEach((line, at) => {
      const target = all[first + at];
      if (!target) return;
      target.value = line.split("\t")[0].trim();
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
