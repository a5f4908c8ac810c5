// List pages: clean addresses, rows chosen for bulk actions, saved views.
(() => {
  // Empty filters stay out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get" || !event.detail.elt.matches(".filter-form")) return;
    const { formData } = event.detail;
    [...formData.keys()].forEach((key) => {
      const filled = formData.getAll(key).filter((value) => value !== "");
      formData.delete(key);
      filled.forEach((value) => formData.append(key, value));
    });
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".filter-form")) return;
    [...event.target.elements].forEach((field) => { if (field.name && field.value === "") field.disabled = true; });
  });

  // Bulk bar
  const recount = (form) => {
    const boxes = [...form.querySelectorAll("[data-choose]")];
    const chosen = boxes.filter((box) => box.checked);
    const bar = form.querySelector("[data-bulk-bar]");
    if (!bar) return;
    bar.hidden = chosen.length === 0;
    bar.querySelector("[data-bulk-count]").textContent = chosen.length.toLocaleString(document.documentElement.lang);
    bar.querySelector("[name=all]").value = "";
    bar.querySelector("[data-bulk-all]").hidden = chosen.length !== boxes.length;
    const page = form.querySelector("[data-choose-page]");
    if (page) {
      page.checked = chosen.length === boxes.length && boxes.length > 0;
      page.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-choose-page]")) {
      form.querySelectorAll("[data-choose]").forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-choose], [data-choose-page]")) recount(form);
  });
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-bulk-all]");
    if (!all) return;
    const bar = all.closest("[data-bulk-bar]");
    bar.querySelector("[name=all]").value = "1";
    bar.querySelector("[data-bulk-count]").textContent = all.dataset.bulkAll;
    all.hidden = true;
  });

  // Saved views: a name for an address, kept in this browser.
  const load = (key) => { try { return JSON.parse(localStorage.getItem(`views:${key}`)) || []; } catch { return []; } };
  const keep = (key, views) => { try { localStorage.setItem(`views:${key}`, JSON.stringify(views)); } catch { /* not kept */ } };
  const draw = (menu) => {
    const list = menu.querySelector(".views-saved");
    const key = `${document.body.dataset.user}:${menu.dataset.views}`;
    menu.hidden = false;
    list.replaceChildren(...load(key).map((view, index) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = location.pathname + view.query;
      link.textContent = view.name;
      const forget = document.createElement("button");
      forget.type = "button";
      forget.className = "link";
      forget.textContent = list.dataset.wordsForget;
      forget.addEventListener("click", (event) => {
        event.stopPropagation();
        keep(key, load(key).filter((_, at) => at !== index));
        draw(menu);
      });
      item.append(link, forget);
      return item;
    }));
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".views-add")) return;
    event.preventDefault();
    const menu = event.target.closest("[data-views]");
    const key = `${document.body.dataset.user}:${menu.dataset.views}`;
    const name = event.target.querySelector("input").value.trim();
    const query = new URLSearchParams(location.search);
    query.delete("page");
    keep(key, [...load(key).filter((view) => view.name !== name), { name, query: `?${query}` }]);
    event.target.reset();
    draw(menu);
  });
  const begin = (root) => {
    root.querySelectorAll?.("[data-views]").forEach(draw);
    root.querySelectorAll?.("[data-bulk]").forEach(recount);
  };
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
})();
