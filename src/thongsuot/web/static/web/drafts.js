// What is typed into <form data-draft="key"> outlives a reload, a lost connection and an expired sign-in.
(() => {
  const KEEP_DAYS = 14;
  const PENDING = "draft-sent";
  const user = () => document.body.dataset.user || "";
  const name = (form) => `draft:${user()}:${form.dataset.draft}`;
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or private: no draft */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing kept */ } },
  };
  const fields = (form) => [...form.elements].filter((field) => field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type));
  const read = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
  };
  const write = (field, value) => {
    if (typeof value === "boolean") field.checked = value;
    else if (Array.isArray(value)) [...field.options].forEach((option) => { option.selected = value.includes(option.value); });
    else field.value = value;
  };
  // Names may repeat (check boxes, rows): the position tells them apart.
  const values = (form) => fields(form).map((field) => [field.name, read(field)]);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const failed = (form) => form.querySelector(".field-errors, [aria-invalid=true]") !== null;

  const note = (form, at, original) => {
    const line = document.createElement("p");
    line.className = "draft-note";
    line.setAttribute("role", "status");
    const moment = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    const day = `${two(moment.getDate())}-${two(moment.getMonth() + 1)}-${moment.getFullYear()}`;
    const when = `${two(moment.getHours())}:${two(moment.getMinutes())}, ${day}`;
    line.append(`${document.body.dataset.wordsRestored} ${when}. `);
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "link";
    discard.textContent = document.body.dataset.wordsDiscard;
    discard.addEventListener("click", () => {
      fields(form).forEach((field, index) => original[index] && write(field, original[index][1]));
      store.drop(name(form));
      line.remove();
    });
    line.append(discard);
    form.prepend(line);
  };
  const restore = (form) => {
    const kept = store.get(name(form));
    const original = values(form);
    if (!kept || failed(form) || kept.values.length !== original.length || same(kept.values, original)) return;
    fields(form).forEach((field, index) => { if (kept.values[index][0] === field.name) write(field, kept.values[index][1]); });
    note(form, kept.at, original);
    form.dispatchEvent(new CustomEvent("draft-restored", { bubbles: true }));
  };
  const tidy = () => {
    const oldest = Date.now() - KEEP_DAYS * 86400000;
    Object.keys(localStorage).filter((key) => key.startsWith("draft:")).forEach((key) => { if ((store.get(key)?.at || 0) < oldest) store.drop(key); });
  };
  const settle = () => {
    const sent = sessionStorage.getItem(PENDING);
    sessionStorage.removeItem(PENDING);
    if (!sent || !user()) return; // on the sign-in page: it was not received, so the draft stays
    const [key, from] = JSON.parse(sent);
    const again = [...document.querySelectorAll("form[data-draft]")].find((form) => name(form) === key && failed(form));
    if (!again && (location.href !== from || !document.querySelector(".plain-error"))) store.drop(key);
  };

  let timer = 0;
  const save = (form) => store.set(name(form), { at: Date.now(), values: values(form) });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 300);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset?.draft) return;
    clearTimeout(timer);
    save(form);
    if (!form.hasAttribute("hx-post")) sessionStorage.setItem(PENDING, JSON.stringify([name(form), location.href]));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-draft]");
    const { xhr } = event.detail;
    if (form && event.detail.successful && xhr.status !== 422 && !xhr.responseText.includes("data-entrance")) store.drop(name(form));
  });
  document.addEventListener("DOMContentLoaded", () => {
    try {
      tidy();
      settle();
      document.querySelectorAll("form[data-draft]").forEach(restore);
    } catch { /* storage switched off: forms work without drafts */ }
  });
  document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll?.("form[data-draft]").forEach(restore));
})();
