// Words selected in the text offer to become a record; places are counted in characters, as the server counts them.
(() => {
  const text = document.getElementById("reading-text");
  const bar = document.getElementById("add-bar");
  if (!text || !bar) return;

  const place = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const piece = element.closest("[data-start]");
    if (!piece || !text.contains(piece)) return null;
    const range = document.createRange();
    range.setStart(piece, 0);
    range.setEnd(node, offset);
    return Number(piece.dataset.start) + [...range.toString()].length;
  };

  const chosen = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    return start !== null && end !== null && end > start ? { start, end } : null;
  };

  document.addEventListener("selectionchange", () => {
    if (bar.contains(document.activeElement)) return;
    const words = chosen();
    bar.hidden = !words;
    if (!words) return;
    bar.elements.start.value = words.start;
    bar.elements.end.value = words.end;
  });
  // A press on the bar must not take the selection away before the form is sent.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
})();
