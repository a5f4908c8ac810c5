// Parts of a form that one choice needs: <div data-depends="name" data-on="value other"> shows for those values of the
// field `name`. Without JavaScript everything shows.
(() => {
  const value = (form, name) => new FormData(form).get(name) || "";
  const settle = (form) => {
    form.querySelectorAll("[data-depends]").forEach((part) => {
      part.hidden = !part.dataset.on.split(" ").includes(value(form, part.dataset.depends));
    });
  };
  const all = () => document.querySelectorAll("form:has([data-depends])").forEach(settle);
  document.addEventListener("change", (event) => { if (event.target.form) settle(event.target.form); });
  document.addEventListener("draft-restored", (event) => settle(event.target));
  document.addEventListener("DOMContentLoaded", all);
  if (document.readyState !== "loading") all();
})();
