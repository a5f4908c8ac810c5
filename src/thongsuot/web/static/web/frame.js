// Menus, dialogs, toasts, and what HTMX says when something fails.
(() => {
  const words = (name) => document.body.dataset[name] || "";

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-prints]")) window.print();
    if (event.target.closest("[data-dismiss]")) event.target.closest(".snack").remove();
    if (event.target.closest(".doors a")) history.replaceState(null, "", location.pathname + location.search);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (location.hash === "#doors") {
      location.hash = "#main";
    }
  });

  // A finished action fades after a while; what went wrong, or can be undone, stays longer.
  const age = (toast) => {
    if (toast.classList.contains("snack-late") || toast.closest(".in-page")) return;
    setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); }, toast.querySelector("form") ? 20000 : 7000);
  };
  const say = (text) => {
    const toast = document.createElement("div");
    toast.className = "snack snack-late";
    toast.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = text;
    toast.append(line);
    toast.addEventListener("click", () => toast.remove());
    document.getElementById("messages")?.append(toast);
  };
  const begin = () => document.querySelectorAll("#messages .snack").forEach(age);
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:oobAfterSwap", begin);

  document.addEventListener("htmx:beforeSwap", (event) => {
    // An expired sign-in answers with a whole page: keep what is on screen.
    const answer = event.detail.xhr.responseText || "";
    if (event.detail.target !== document.body && answer.includes("data-entrance")) {
      event.detail.shouldSwap = false;
      say(words("wordsSignedOut"));
    }
  });
  document.addEventListener("htmx:responseError", () => say(words("wordsFailed")));
  document.addEventListener("htmx:sendError", () => say(words("wordsOffline")));
})();
