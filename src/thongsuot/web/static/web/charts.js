// <figure data-chart="id of its JSON">: bars, lines and flows, drawn on canvas from the tokens.
(() => {
  let library = null;
  window.thongsuot = window.thongsuot || {};
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const format = (value) => (typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value ?? "");
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const echarts = () => {
    library = library || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = document.querySelector("meta[name=echarts]").content;
      script.onload = () => resolve(window.echarts);
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  };
  const toned = { late: "late", due: "due", done: "done", calm: "link" };
  const colour = (series, index) => token(toned[series.tone] || `chart-${(index % 6) + 1}`);
  const text = () => ({ color: token("ink-soft"), fontFamily: token("font"), fontSize: 12.5 });
  const tooltip = () => ({
    renderMode: "richText", confine: true, backgroundColor: token("surface"), borderColor: token("line"),
    textStyle: { color: token("ink"), fontFamily: token("font"), fontSize: 12.5 },
  });
  const axis = { axisLine: { show: false }, axisTick: { show: false } };
  const common = () => ({ animation: !still(), animationDuration: 250, textStyle: text(), tooltip: tooltip() });

  // Names at the ends of lines, pushed apart where the lines end close together.
  const apart = (data, height) => {
    const LINE = 15;
    const top = Math.max(...data.series.flatMap((series) => series.values)) || 1;
    const ends = data.series.map((series, index) => ({ index, at: -(series.values.at(-1) / top) * (height - 40) })).sort((a, b) => a.at - b.at);
    let free = -Infinity;
    const shifts = [];
    ends.forEach(({ index, at }) => {
      const placed = Math.max(at, free);
      shifts[index] = placed - at;
      free = placed + LINE;
    });
    return shifts;
  };

  const bars = (data, height) => {
    const lying = data.lying ?? data.categories.length > 8;
    const stacked = data.kind === "stack";
    const lines = data.kind === "line";
    const names = { type: "category", data: data.categories, inverse: lying, axisLabel: { ...text(), overflow: "truncate", width: lying ? 170 : undefined, interval: lying ? 0 : "auto" }, ...axis };
    const values = { type: "value", axisLabel: { ...text(), formatter: format, hideOverlap: true }, splitLine: { lineStyle: { color: token("line") } }, splitNumber: 4 };
    const shifts = lines ? apart(data, height) : [];
    const many = data.series.length > 1 && !lines; // lines carry their names at their ends
    return {
      ...common(),
      tooltip: { ...tooltip(), trigger: "axis", axisPointer: { type: lines ? "line" : "shadow", shadowStyle: { color: token("ink"), opacity: 0.05 } }, valueFormatter: format },
      legend: many ? { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8, textStyle: text() } : undefined,
      grid: { left: 4, right: lines ? 90 : 48, top: many ? 34 : 10, bottom: 4, containLabel: true },
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      series: data.series.map((series, index) => ({
        name: series.name, type: lines ? "line" : "bar", data: series.values, stack: stacked ? "all" : undefined,
        color: colour(series, index), barMaxWidth: 26, symbolSize: 6, lineStyle: { width: 2, type: series.dashed ? "dashed" : "solid" },
        itemStyle: { borderRadius: stacked ? 0 : (lying ? [0, 3, 3, 0] : [3, 3, 0, 0]) },
        label: { show: !lines && !stacked && data.categories.length <= 24, position: lying ? "right" : "top", formatter: ({ value }) => format(value), ...text() },
        endLabel: lines ? { show: true, formatter: series.name, ...text(), color: colour(series, index), offset: [4, shifts[index]] } : undefined,
        emphasis: { focus: "series" },
      })),
    };
  };
  const flows = (data) => ({
    ...common(),
    tooltip: { ...tooltip(), formatter: ({ dataType, data: one, name, value }) => (dataType === "edge" ? `${one.source} → ${one.target}: ${format(one.value)}` : `${name}: ${format(value)}`) },
    series: [{
      type: "sankey", left: 4, right: 150, top: 8, bottom: 8, nodeWidth: 12, nodeGap: 10, draggable: false,
      data: [...new Set(data.links.flatMap((link) => [link.source, link.target]))].map((name, index) => ({ name, itemStyle: { color: token(`chart-${(index % 6) + 1}`) } })),
      links: data.links, label: { ...text(), color: token("ink") }, lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
    }],
  });
  const options = { sankey: flows };

  const draw = async (figure) => {
    const canvas = figure.querySelector(".chart-canvas");
    const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const maker = await echarts();
    const chart = maker.init(canvas, null, { renderer: "canvas" });
    const paint = (moving) => {
      const option = (options[data.kind] || bars)(data, canvas.clientHeight);
      chart.setOption({ ...option, animation: moving && option.animation }, true);
      if (!moving) chart.getZr().flush();
    };
    paint(true);
    document.addEventListener("theme", () => paint(false)); // at once: printing does not wait
    new ResizeObserver(() => { chart.resize(); chart.getZr().flush(); }).observe(canvas);
  };
  const watch = (root) => {
    const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      seen.unobserve(entry.target);
      draw(entry.target);
    }), { rootMargin: "200px" });
    root.querySelectorAll?.("[data-chart]:not([data-drawn])").forEach((figure) => {
      figure.dataset.drawn = "";
      seen.observe(figure);
    });
  };
  Object.assign(window.thongsuot, { echarts, token, format, tooltip, common });
  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
})();
