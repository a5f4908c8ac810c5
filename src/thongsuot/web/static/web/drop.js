// Drop zone: many files, each with its own progress; two at a time, and the rest can be stopped.
(() => {
  const AT_ONCE = 2;
  const size = (bytes) => {
    const [value, unit] = bytes < 1048576 ? [Math.ceil(bytes / 1024), "KB"] : [bytes / 1048576, "MB"];
    return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
  };
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

  const line = (zone, file) => {
    const item = document.createElement("li");
    item.className = "drop-file";
    const title = document.createElement("span");
    title.className = "drop-file-name";
    title.textContent = `${file.name} · ${size(file.size)}`;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const state = document.createElement("span");
    state.textContent = zone.dataset.wordsWaiting;
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "link";
    stop.textContent = zone.dataset.wordsCancel;
    item.append(title, bar, state, stop);
    zone.querySelector(".drop-files").append(item);
    return { item, title, bar, state, stop };
  };

  const begin = (zone) => {
    const input = zone.querySelector("input[type=file]");
    const total = zone.querySelector(".drop-total");
    const waiting = [];
    const tally = { done: 0, failed: 0, all: 0, bytes: 0, sent: 0, since: 0 };
    let running = 0;

    const report = () => {
      const speed = tally.sent / Math.max(1, (Date.now() - tally.since) / 1000);
      const left = speed > 0 ? Math.ceil((tally.bytes - tally.sent) / speed) : 0;
      const rest = running && left > 2 ? ` · ${zone.dataset.wordsLeft} ${left} ${zone.dataset.wordsSeconds}` : "";
      total.textContent = tally.all ? `${tally.done}/${tally.all} ${zone.dataset.wordsDone}${tally.failed ? ` · ${tally.failed} ${zone.dataset.wordsFailed}` : ""}${rest}` : "";
      if (tally.all && tally.done + tally.failed === tally.all) zone.dispatchEvent(new CustomEvent("drop-finished", { bubbles: true, detail: { ...tally } }));
    };
    const end = (job, text, failed) => {
      job.state.textContent = text;
      job.item.classList.toggle("is-failed", failed);
      job.stop.remove();
      if (failed) tally.failed += 1; else tally.done += 1;
      tally.sent += job.file.size - (job.sent || 0);
    };
    const next = () => {
      while (running < AT_ONCE && waiting.length) send(waiting.shift());
      report();
    };
    const send = (job) => {
      running += 1;
      const xhr = new XMLHttpRequest();
      const body = new FormData();
      body.append(input.name, job.file);
      xhr.open("POST", zone.dataset.upload);
      xhr.setRequestHeader("X-CSRFToken", token());
      xhr.setRequestHeader("Accept", "application/json");
      xhr.upload.addEventListener("progress", (event) => {
        job.bar.value = (100 * event.loaded) / event.total;
        tally.sent += event.loaded - (job.sent || 0);
        job.sent = event.loaded;
        report();
      });
      xhr.addEventListener("loadend", () => {
        running -= 1;
        let answer = {};
        try { answer = JSON.parse(xhr.responseText); } catch { /* not an answer of ours */ }
        const ok = xhr.status >= 200 && xhr.status < 300 && answer.ok !== false && Object.keys(answer).length > 0;
        if (ok && answer.url) {
          const link = document.createElement("a");
          link.href = answer.url;
          link.textContent = job.title.textContent;
          job.title.replaceChildren(link);
        }
        job.bar.value = ok ? 100 : job.bar.value;
        end(job, answer.message || answer.detail || (ok ? zone.dataset.wordsDone : zone.dataset.wordsFailed), !ok);
        next();
      });
      job.stop.onclick = () => xhr.abort();
      job.state.textContent = "";
      xhr.send(body);
    };
    const take = (files) => {
      if (!tally.all) tally.since = Date.now();
      [...files].forEach((file) => {
        const job = { file, ...line(zone, file) };
        tally.all += 1;
        if (zone.dataset.max && file.size > Number(zone.dataset.max)) { end(job, zone.dataset.wordsLarge, true); return; }
        if (!zone.dataset.upload) { job.bar.remove(); job.stop.remove(); job.state.textContent = ""; return; }
        tally.bytes += file.size;
        job.stop.onclick = () => { waiting.splice(waiting.indexOf(job), 1); end(job, zone.dataset.wordsFailed, true); report(); };
        waiting.push(job);
      });
      if (zone.dataset.upload) next();
    };

    input.addEventListener("change", () => {
      if (!zone.dataset.upload) zone.querySelector(".drop-files").replaceChildren();
      take(input.files);
      if (zone.dataset.upload) input.value = "";
    });
    ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("is-over"); }));
    ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, () => zone.classList.remove("is-over")));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!zone.dataset.upload) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      } else {
        take(event.dataTransfer.files);
      }
    });
  };
  const start = (root) => root.querySelectorAll?.("[data-drop]:not([data-ready])").forEach((zone) => {
    zone.dataset.ready = "";
    begin(zone);
  });
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:load", (event) => start(event.detail.elt));
})();
