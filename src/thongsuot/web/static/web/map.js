// <figure data-map>: units as points by longitude and latitude, the same scale both ways; no tiles, no network.
(() => {
  const { echarts, token, format, tooltip, common } = window.thongsuot;
  const tones = { late: "late", due: "due", done: "done", calm: "link" };
  const PAD = 28;

  // Islands far off would shrink everything else: they are drawn at the edge, as triangles.
  const range = (values) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
    const reach = 4 * Math.max(at(0.75) - at(0.25), 0.02);
    const inside = sorted.filter((value) => value >= at(0.25) - reach && value <= at(0.75) + reach);
    return [inside[0], inside[inside.length - 1]];
  };
  const frame = (points, width, height) => {
    const [west, east] = range(points.map((point) => point.lon));
    const [south, north] = range(points.map((point) => point.lat));
    const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
    const perPixel = Math.max(((east - west) * squeeze) / (width - 2 * PAD), (north - south) / (height - 2 * PAD), 1e-5);
    const middle = [(west + east) / 2, (south + north) / 2];
    const half = [(perPixel * width) / 2 / squeeze, (perPixel * height) / 2];
    return { x: [middle[0] - half[0], middle[0] + half[0]], y: [middle[1] - half[1], middle[1] + half[1]] };
  };
  const clamp = (value, [low, high], margin) => Math.min(high - margin, Math.max(low + margin, value));

  const draw = async (figure) => {
    const canvas = figure.querySelector(".map-canvas");
    const data = JSON.parse(document.getElementById(figure.querySelector("script[type='application/json']").id).textContent);
    if (!data.points.length) return;
    const chart = (await echarts()).init(canvas, null, { renderer: "canvas" });
    const items = new Map([...figure.querySelectorAll(".map-list a, .map-list span:first-child")].map((element) => [element.textContent, element.closest("li")]));
    const largest = Math.max(...data.points.map((point) => point.size || 0), 1);
    const measured = data.points.map((point) => point.value).filter((value) => typeof value === "number");
    const byTone = data.points.some((point) => point.tone !== "plain");
    // Five groups of equal number, so that one large value does not leave all others pale.
    const ranked = [...new Set(measured)].sort((a, b) => a - b);
    const level = (value) => 1 + Math.min(4, Math.floor((5 * ranked.indexOf(value)) / Math.max(1, ranked.length)));
    const legend = () => {
      if (byTone || ranked.length < 2) return;
      const list = document.createElement("ul");
      list.className = "map-legend";
      [1, 2, 3, 4, 5].forEach((step) => {
        const group = ranked.filter((value) => level(value) === step);
        if (!group.length) return;
        const item = document.createElement("li");
        const swatch = document.createElement("span");
        swatch.className = `swatch swatch-${step}`;
        item.append(swatch, group.length > 1 ? `${format(group[0])} – ${format(group[group.length - 1])}` : format(group[0]));
        list.append(item);
      });
      figure.querySelector(".map-panes").before(list);
    };
    const fill = (point) => {
      if (byTone) return token(tones[point.tone] || "line-strong");
      return typeof point.value === "number" ? token(`heat-${level(point.value)}`) : token("line");
    };
    const spread = data.points.length > 80 ? 14 : 21;
    const paint = () => {
      const box = frame(data.points, canvas.clientWidth, canvas.clientHeight);
      const margin = [(box.x[1] - box.x[0]) * 0.025, (box.y[1] - box.y[0]) * 0.025];
      const few = data.points.length <= 40;
      const drawn = data.points.map((point) => {
        const x = clamp(point.lon, box.x, margin[0]);
        const y = clamp(point.lat, box.y, margin[1]);
        const far = Math.abs(x - point.lon) > margin[0] || Math.abs(y - point.lat) > margin[1];
        return {
          name: point.name, url: point.url, value: [x, y, point.value], text: point.text, symbol: far ? "triangle" : "circle",
          symbolSize: 7 + spread * Math.sqrt((point.size || 0) / largest),
          itemStyle: { color: fill(point), borderColor: token("ink-soft"), borderWidth: 0.75, opacity: 0.88 },
          label: { show: far || few, position: x > box.x[0] + (box.x[1] - box.x[0]) * 0.75 ? "left" : "right" },
        };
      });
      const at = ([lon, lat]) => [clamp(lon, box.x, margin[0]), clamp(lat, box.y, margin[1])];
      const widest = Math.max(...(data.lines || []).map((line) => line.value), 1);
      const joined = (data.lines || []).map((line) => ({
        coords: [at(line.from), at(line.to)], name: `${line.start} → ${line.end}`, value: line.value,
        lineStyle: { width: 0.6 + 3.4 * (line.value / widest), opacity: 0.18 + 0.5 * (line.value / widest) },
      }));
      chart.setOption({
        ...common(),
        animation: false,
        tooltip: { ...tooltip(), formatter: ({ data: one, seriesType }) => seriesType === "lines" ? `${one.name}\n${format(one.value)}` : `${one.name}\n${data.valueLabel ? `${data.valueLabel}: ` : ""}${one.text || format(one.value[2])}` },
        grid: { left: 0, right: 0, top: 0, bottom: 0 },
        xAxis: { type: "value", min: box.x[0], max: box.x[1], show: false },
        yAxis: { type: "value", min: box.y[0], max: box.y[1], show: false },
        dataZoom: [{ type: "inside", xAxisIndex: 0, filterMode: "none" }, { type: "inside", yAxisIndex: 0, filterMode: "none" }],
        series: [{
          type: "lines", coordinateSystem: "cartesian2d", data: joined, polyline: false, z: 1,
          lineStyle: { color: token("link"), curveness: 0.18 }, symbol: ["none", "arrow"], symbolSize: 5,
          emphasis: { lineStyle: { opacity: 1 } },
        }, {
          type: "scatter", z: 2, data: drawn.sort((a, b) => b.symbolSize - a.symbolSize), cursor: "pointer",
          label: { formatter: "{b}", fontFamily: token("font"), fontSize: 11.5, color: token("ink") },
          labelLayout: { hideOverlap: true },
          emphasis: { scale: 1.25, label: { show: true, fontWeight: 600 }, itemStyle: { borderColor: token("ink"), borderWidth: 1.5 } },
        }],
      }, true);
    };
    paint();
    legend();
    document.addEventListener("theme", paint);
    new ResizeObserver(() => { chart.resize(); paint(); }).observe(canvas);

    chart.on("click", ({ data: one }) => { if (one?.url) location.assign(one.url); });
    chart.on("mouseover", ({ name }) => {
      const item = items.get(name);
      item?.classList.add("is-current");
      if (item) item.parentElement.scrollTop = item.offsetTop - item.parentElement.offsetTop - 80;
    });
    chart.on("mouseout", ({ name }) => items.get(name)?.classList.remove("is-current"));
    items.forEach((item, name) => {
      ["mouseenter", "focusin"].forEach((kind) => item.addEventListener(kind, () => chart.dispatchAction({ type: "highlight", name })));
      ["mouseleave", "focusout"].forEach((kind) => item.addEventListener(kind, () => chart.dispatchAction({ type: "downplay", name })));
    });
  };
  const begin = (root) => root.querySelectorAll?.("[data-map]:not([data-drawn])").forEach((figure) => {
    figure.dataset.drawn = "";
    draw(figure);
  });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
})();
