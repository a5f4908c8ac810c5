// Day fields take 30-10-2026, 30/10, 3010 or 301026; a button opens the machine's calendar.
(() => {
  const two = (number) => String(number).padStart(2, "0");
  const tidy = (text) => {
    const parts = /^\d{4}$|^\d{6}$|^\d{8}$/.test(text) ? [text.slice(0, 2), text.slice(2, 4), text.slice(4)] : text.split(/[-/. ]+/);
    const [day, month, year = ""] = parts;
    if (!/^\d{1,2}$/.test(day || "") || !/^\d{1,2}$/.test(month || "") || !/^(\d{2}|\d{4})?$/.test(year)) return text;
    const full = year ? Number(year) + (year.length === 2 ? 2000 : 0) : new Date().getFullYear();
    return `${two(day)}-${two(month)}-${full}`;
  };
  const begin = (root) => root.querySelectorAll?.("[data-day]:not([data-ready])").forEach((holder) => {
    const field = holder.querySelector("input");
    holder.dataset.ready = "";
    field.addEventListener("change", () => { field.value = tidy(field.value.trim()); });
    if (!HTMLInputElement.prototype.showPicker || field.disabled || field.readOnly) return;
    const calendar = document.createElement("input");
    calendar.type = "date";
    calendar.tabIndex = -1;
    calendar.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", holder.dataset.day);
    button.title = holder.dataset.day;
    button.textContent = "▾";
    button.addEventListener("click", () => {
      const [, day, month, year] = field.value.match(/^(\d{2})-(\d{2})-(\d{4})$/) || [];
      calendar.value = year ? `${year}-${month}-${day}` : "";
      calendar.showPicker();
    });
    ["input", "change"].forEach((kind) => calendar.addEventListener(kind, (event) => event.stopPropagation()));
    calendar.addEventListener("change", () => {
      field.value = calendar.value ? calendar.value.split("-").reverse().join("-") : "";
      ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
    });
    holder.append(button, calendar);
  });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
})();
